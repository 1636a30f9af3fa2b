import { openDataServer } from "./data-server-world";

const [directory = "", count = "1"] = process.argv.slice(2);
const { create, server } = await openDataServer(directory);
const doors = [];
for (let n = 0; n < Number(count); n++) doors.push(await create());
process.stdout.write(`${JSON.stringify(doors)}\n`);
// Asked with an empty line, it says which processes run SQL.
process.stdin.on("data", () => process.stdout.write(`${JSON.stringify(server.executors())}\n`));
