import { openControlPlane } from "./control-plane";

const plane = await openControlPlane();
for (let turn = Number(process.argv[2] ?? 1); turn > 0; turn--) await plane.provision();
await plane.end();
