import { openControlPlane } from "./control-plane";
import { durableCopies } from "./copy";
import { withScratchDirectory } from "./measure";
await withScratchDirectory(async (directory) => {
  const plane = await openControlPlane();
  const limit = durableCopies(plane.databases, directory);
  for (let i=0;i<150;i++) await plane.provision();
  const a:number[]=[],b:number[]=[];
  for (let i=0;i<700;i++){let t=performance.now();limit.copy();a.push(performance.now()-t);t=performance.now();await plane.provision();b.push(performance.now()-t);}
  for (const q of [0.01,.05,.1,.25,.5]) console.log(q,quantile(a,q).toFixed(3),quantile(b,q).toFixed(3),(quantile(b,q)/quantile(a,q)).toFixed(2));
  await plane.end();
});
function quantile(s:number[],p:number){const t=s.toSorted((a,b)=>a-b);return t[Math.floor((t.length-1)*p)]!}
