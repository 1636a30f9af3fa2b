/** The person at the console, as every page of it knows them. */
export interface Person {
  name: string;
  email: string;
  isOperator: boolean;
}
