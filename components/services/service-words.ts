export const serviceDescription =
  "A service of yours asks Freehold which database a request belongs to. Its key says what it may ask for and which credentials it is given.";
