/** GPUs by the DCGM exporter: hosts by the older and the newer label, and an error that stays in its gauge. */
import { test } from "vitest";
import { k8sWorkload } from "../../../src/index.ts";
import { expectHistories, type Samples } from "../../sli/history.ts";
import { describeWithEngine } from "../../support/engines.ts";
import { rulesOf } from "../judged.ts";

const gpu = (host: string) => `job="dcgm",instance="a:9400",gpu="0",UUID="GPU-0",${host}`;
const temperature = (host: string) => `DCGM_FI_DEV_GPU_TEMP{${gpu(host)}}`;
const xid = (code: number, host: string) => `DCGM_FI_DEV_XID_ERRORS{${gpu(host)},err_code="${code}"}`;
const up = { 'up{job="dcgm",instance="a:9400"}': "1x600" };
const rules = (slo: string) => rulesOf(k8sWorkload({ job: "ksm", gpu: true, gpuJob: "dcgm" }), [slo]);

/** Minutes that were bad until then, by host. */
function badMinutes(at: string, slo: string, samples: Samples): [string, string, Samples] {
  return [at, `sum by (hostname) (sum_over_time(slo:bad:increase{slo="${slo}"}[1d]))`, samples];
}

describeWithEngine("promtool", "k8sWorkload() with GPUs", () => {
  test("knows hosts by the label of the exporter since 4.6.0, and by the one before", async () => {
    const series = { ...up, [temperature('hostname="new"')]: "90x40", [temperature('Hostname="old"')]: "90x40" };
    await expectHistories(rules("gpu-temperature"), [
      {
        series,
        expectations: [badMinutes("10m", "gpu-temperature", { '{hostname="new"}': 11, '{hostname="old"}': 11 })],
      },
    ]);
  });

  test("counts an error for an hour, though the gauge shows it until the exporter restarts", async () => {
    const host = 'hostname="n1"';
    // 79, a GPU that fell off the bus, after two hours; then it stays. An exporter with a series for each code ends the one of 0.
    const failing = { ...up, [xid(0, host)]: "0x239 _x361", [xid(79, host)]: "_x240 79x360" };
    const plain = { ...up, [`DCGM_FI_DEV_XID_ERRORS{${gpu(host)}}`]: "0x239 79x361" };
    const expectations = [
      badMinutes("119m", "gpu-errors", { [`{${host}}`]: 0 }),
      badMinutes("180m", "gpu-errors", { [`{${host}}`]: 60 }),
      badMinutes("300m", "gpu-errors", { [`{${host}}`]: 60 }),
    ];
    await expectHistories(rules("gpu-errors"), [
      { series: failing, expectations },
      { series: plain, expectations },
    ]);
  });

  test("leaves out the errors of applications", async () => {
    const host = 'hostname="n1"';
    const series = { ...up, [xid(0, host)]: "0x239 _x361", [xid(31, host)]: "_x240 31x360" };
    await expectHistories(rules("gpu-errors"), [
      { series, expectations: [badMinutes("180m", "gpu-errors", { [`{${host}}`]: 0 })] },
    ]);
  });
});
