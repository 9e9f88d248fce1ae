/** Targets that are down, groups and jobs that vanish: who is notified, and when it is no news. Things happen at minute 180. */
import { test } from "vitest";
import type { PlatformDeclaration, SloDeclaration } from "../../../../src/declare/declaration.ts";
import { expectHistory, type History } from "../../../sli/history.ts";
import { describeWithEngine } from "../../../support/engines.ts";

const sli = { kind: "events", total: 'requests_total{job="j"}', bad: 'errors_total{job="j"}' } as const;
const grouped: Partial<SloDeclaration> = { sli, groupBy: ["model"] };
const up = (instance: string, job = "j") => `up{job="${job}",instance="${instance}"}`;
const requests = (instance: string, model: string, job = "j") =>
  `requests_total{job="${job}",instance="${instance}",model="${model}"}`;

const TOTAL = 760;
const traffic = `0+30x${TOTAL}`;
const untilEvent = "0+30x360 stale";
/** Down for so many scrapes of each ten, and up in the first. */
const loop = (upFor: number, period: number, from: number) =>
  `1x${from - 1} ${Array.from({ length: TOTAL - from }, (_, at) => (at % period < upFor ? 1 : 0)).join(" ")}`;
/** A counter that begins anew in each life. */
const lives = (upFor: number, period: number, from: number) =>
  `0+30x${from - 1} ${Array.from({ length: TOTAL - from }, (_, at) => {
    const age = at % period;
    return age < upFor ? 30 * (age + 1) : age === upFor ? "stale" : "_";
  }).join(" ")}`;

const notified = 'count by (alertname, reason) (ALERTS{alertstate="firing",alertname!~"SloBurn.*"})';
const some = { '{alertname="SloTargetsDown",reason="some-down"}': 1 };
const all = { '{alertname="SloTargetsDown",reason="all-down"}': 1 };
const noTargets = { '{alertname="SloNoData",reason="no-targets"}': 1 };
const noSeries = { '{alertname="SloNoData",reason="no-series"}': 1 };

type Expectations = History["expectations"];
const never: Expectations = [["360m", 'count_over_time(ALERTS{alertstate="firing"}[6h])', {}]];
const at = (
  ...expectations: readonly (readonly [minute: number, alerts: Readonly<Record<string, number>>])[]
): Expectations => expectations.map(([minute, alerts]) => [`${minute}m`, notified, alerts]);

function history(
  series: History["series"],
  expectations: Expectations,
  slo = grouped,
  platform: PlatformDeclaration = {},
) {
  return expectHistory(slo, { series, expectations }, platform);
}

describeWithEngine("promtool", "nobody is notified", () => {
  const healthy = { [up("i")]: `1x${TOTAL}`, [requests("i", "a")]: traffic };

  test.each([7, 10])(
    "of a model that is scaled to zero while a pod of the job crash-loops for days, every %d scrapes",
    (period) =>
      history(
        {
          ...healthy,
          [up("k")]: "1x360 stale",
          [requests("k", "b")]: untilEvent,
          [up("l")]: loop(1, period, 120),
        },
        never,
      ),
  );

  test("of a rolling deploy whose counter is made by the first request, two idle hours later", () =>
    history(
      {
        [up("i")]: "1x360 stale",
        [requests("i", "a")]: untilEvent,
        [up("k")]: `_x361 1x${TOTAL}`,
        [requests("k", "a")]: "_x600 0+30x160",
      },
      never,
    ));

  test("of the same while another model's pod crash-loops", () =>
    history(
      {
        [up("i")]: "1x360 stale",
        [requests("i", "a")]: untilEvent,
        [up("k")]: `_x361 1x${TOTAL}`,
        [requests("k", "a")]: "_x600 0+30x160",
        [up("l")]: loop(1, 10, 120),
        [requests("l", "b")]: lives(1, 10, 120),
      },
      [["360m", 'count_over_time(ALERTS{alertstate="firing"}[3h])', {}]],
    ));

  test("of one of three pods that crash-loops", () =>
    history(
      {
        [up("i")]: `1x${TOTAL}`,
        [requests("i", "a")]: traffic,
        [up("k")]: `1x${TOTAL}`,
        [requests("k", "a")]: traffic,
        [up("l")]: loop(1, 10, 360),
        [requests("l", "a")]: lives(1, 10, 360),
      },
      never,
    ));

  test("of fifteen minutes in which nothing was scraped", () =>
    history({ [up("i")]: "1x360 _x30 1x360", [requests("i", "a")]: "0+30x360 _x30 11730+30x360" }, never));

  test("of a group that had no traffic in the last hour", () =>
    history({ ...healthy, [up("k")]: "1x360 0x390", [requests("k", "b")]: "0+30x200 6000x160 stale" }, never));

  test("of pushed metrics that end: nothing that has no `up` is down", () =>
    history({ [requests("i", "a")]: untilEvent }, at([190, {}], [340, {}], [375, noSeries])));

  test("of slices that are longer than four minutes", () =>
    history({ [up("i")]: `1x${TOTAL}`, 'queue_depth{job="j",instance="i",model="a"}': `5x${TOTAL}` }, never, {
      sli: { kind: "gauge", metric: 'queue_depth{job="j"}', op: "<", threshold: 10, slice: "15m" },
      groupBy: ["model"],
    }));
});

describeWithEngine("promtool", "a page says that targets are down", () => {
  test("where a model's only pod died under a shared job, for an hour", () =>
    history(
      {
        [up("i")]: `1x${TOTAL}`,
        [requests("i", "a")]: traffic,
        [up("k")]: "1x360 0x390",
        [requests("k", "b")]: untilEvent,
      },
      at([180, {}], [182, {}], [185, some], [248, some], [255, {}]),
    ));

  test("where all are down, to the end", () =>
    history(
      { [up("i")]: "1x360 0x390", [requests("i", "a")]: untilEvent, [up("k")]: "1x360 0x390" },
      at([180, {}], [185, { ...some, ...all }], [300, all], [360, all]),
    ));

  test("where all crash-loop, without flapping", () => {
    const pods = ["i", "k", "l"].flatMap((pod) => [
      [up(pod), loop(1, 10, 360)],
      [requests(pod, "a"), lives(1, 10, 360)],
    ]);
    return history(Object.fromEntries(pods), [
      ...at([182, {}]),
      ["186m", 'count(ALERTS{alertname="SloTargetsDown",alertstate="firing"}) > bool 0', { "{}": 1 }],
      // From minute 186 on at every evaluation.
      ["240m", 'max(count_over_time(ALERTS{alertname="SloTargetsDown",alertstate="firing"}[54m]))', { "{}": 108 }],
      ["360m", 'count(ALERTS{alertname="SloTargetsDown",alertstate="firing"}) > bool 0', { "{}": 1 }],
    ]);
  });

  test("where a model's only pod crash-loops under a shared job, for an hour", () =>
    history(
      {
        [up("i")]: `1x${TOTAL}`,
        [requests("i", "a")]: traffic,
        [up("k")]: loop(3, 12, 360),
        [requests("k", "b")]: lives(3, 12, 360),
      },
      at([182, {}], [186, some], [240, some], [262, {}]),
    ));

  test("of each job apart, with the identity of its cluster, and of none that is well", () =>
    history(
      {
        'up{job="j",instance="i",cluster="x"}': "1x360 0x390",
        'requests_total{job="j",instance="i",model="a",cluster="x"}': untilEvent,
        'up{job="j",instance="i",cluster="y"}': `1x${TOTAL}`,
        'requests_total{job="j",instance="i",model="a",cluster="y"}': traffic,
      },
      [
        [
          "200m",
          'count by (slo_service, job, cluster, reason) (ALERTS{alertname="SloTargetsDown",alertstate="firing"})',
          {
            '{slo_service="svc",job="j",cluster="x",reason="some-down"}': 1,
            '{slo_service="svc",job="j",cluster="x",reason="all-down"}': 1,
          },
        ],
      ],
      grouped,
      { identity: ["cluster"] },
    ));

  test("of the jobs that count, where the SLO names none", () =>
    history(
      {
        [up("i")]: "1x360 0x390",
        [requests("i", "a")]: untilEvent,
        [up("i", "other")]: `1x360 0x390`,
        [up("m", "third")]: `1x${TOTAL}`,
        [requests("m", "b", "third")]: traffic,
      },
      [
        [
          "200m",
          'count by (job) (ALERTS{alertname="SloTargetsDown",alertstate="firing",reason="all-down"})',
          { '{job="j"}': 1 },
        ],
      ],
      { sli: { kind: "events", total: "requests_total", bad: "errors_total" }, groupBy: ["model"] },
    ));
});

describeWithEngine("promtool", "targets that leave discovery in the middle of an outage", () => {
  const errors = (rest: string) => ({ 'errors_total{job="j",instance="i",model="a"}': `0x339 0+30x20 ${rest}` });
  const paging = 'count by (alertname, reason) (ALERTS{alertstate="firing",alertname=~"SloBurnPage.*|SloTargetsDown"})';
  const burns = { '{alertname="SloBurnPageFast"}': 1 };
  const gone = { '{alertname="SloTargetsDown",reason="gone"}': 1 };
  const pages = (minute: number, alerts: Readonly<Record<string, number>>) => [`${minute}m`, paging, alerts] as const;

  test("are a page that begins before the burn's page ends, and then a ticket", () =>
    history({ [up("i")]: "1x360 stale", [requests("i", "a")]: untilEvent, ...errors("stale") }, [
      pages(180, burns),
      pages(186, { ...burns, ...gone }),
      pages(240, gone),
      ...at([265, noTargets]),
    ]));

  test("are no page where others of the job took over, nor where the page ended more than an hour before", async () => {
    const next = { [up("k")]: `_x361 1x${TOTAL}`, [requests("k", "a")]: "_x361 0+30x380" };
    await history({ [up("i")]: "1x360 stale", [requests("i", "a")]: untilEvent, ...errors("stale"), ...next }, [
      ["360m", 'count_over_time(ALERTS{alertstate="firing",alertname="SloTargetsDown"}[3h])', {}],
    ]);
    await history({ [up("i")]: "1x520 stale", [requests("i", "a")]: "0+30x520 stale", ...errors("600x160 stale") }, [
      ["360m", 'count_over_time(ALERTS{alertstate="firing",alertname="SloTargetsDown"}[3h])', {}],
    ]);
  });
});

describeWithEngine("promtool", "a ticket says that there is no data", () => {
  test("where all targets have left discovery, and then that no series counts", () =>
    history(
      { [up("i")]: "1x360 stale", [requests("i", "a")]: untilEvent, [up("k")]: "1x360 stale" },
      at([195, {}], [215, noTargets], [360, noTargets], [379, { ...noTargets, ...noSeries }]),
    ));

  test("where a rolling deploy's counter has not been seen for three hours", () =>
    history(
      { [up("i")]: "1x360 stale", [requests("i", "a")]: untilEvent, [up("k")]: `_x361 1x${TOTAL}` },
      at([360, {}], [379, noSeries]),
    ));
});
