/** What may be posted by mistake, and what is answered: a sentence for each field. */
export const wrongInputs = [
  {
    to: "/students",
    given: {},
    detail:
      "first_name is a name of 1 to 100 characters. last_name is a name of 1 to 100 characters. grade is K or one of 1 to 12, as text.",
  },
  {
    to: "/students",
    given: { first_name: " ", last_name: "Fox", grade: "7" },
    detail: "first_name is a name of 1 to 100 characters.",
  },
  {
    to: "/students",
    given: { first_name: "A", last_name: "B", grade: "13" },
    detail: "grade is K or one of 1 to 12, as text.",
  },
  {
    to: "/students",
    given: { first_name: "A", last_name: "B", grade: "7", tenant_id: "x" },
    detail: "There is no field tenant_id.",
  },
  { to: "/students", given: [], detail: "Send a JSON object." },
  {
    to: "/assessments",
    given: {},
    detail: "student_id is the UUID of a student. subject is reading, math or science.",
  },
  {
    to: "/assessments",
    given: { student_id: "1", subject: "math" },
    detail: "student_id is the UUID of a student.",
  },
  { to: "/assessments", given: null, detail: "Send a JSON object." },
  // For Express a body that is neither object nor list is malformed.
  { to: "/assessments", given: "text", detail: "Send a JSON object." },
];
