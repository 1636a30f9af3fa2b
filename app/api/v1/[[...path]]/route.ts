import { handleRest } from "@/server/api/rest/handler";

export {
  handleRest as GET,
  handleRest as HEAD,
  handleRest as POST,
  handleRest as PUT,
  handleRest as PATCH,
  handleRest as DELETE,
  handleRest as OPTIONS,
};
