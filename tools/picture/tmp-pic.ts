import { services, platform } from "/work/main/slos/index.ts";
const { parse } = await import("/work/main/src/model/parse.ts");
const { compile } = await import("/work/main/src/compile/compile.ts");
const { startWithMonth } = await import("/work/main/tools/picture/prometheus.ts");
const wanted = ["error-rate","latency","saturation"];
const parsed = parse({ services: services.slice(0,1).map(s=>({...s, slos: s.slos.filter(x=>wanted.includes(x.name))})), platform: {...platform, evaluationInterval: "60s"} });
const { plan } = compile(parsed.services, parsed.platform);
console.time("m"); const s = await startWithMonth(plan.services.flatMap(x=>x.slos)); console.timeEnd("m");
console.log(s.url, s.dir);
for (const q of ["count({__name__=~\".+\"}) by (__name__)","slo:error_budget_remaining_ratio","ALERTS","slo:error_ratio:rate1h","slo:coverage_ratio"]) { const r = await (await fetch(s.url+"/api/v1/query", {method:"POST", body:new URLSearchParams({query:q,time:"1749999840"})})).json(); console.log(JSON.stringify(r.data?.result ?? r).slice(0,1500)); }
await s.stop();
