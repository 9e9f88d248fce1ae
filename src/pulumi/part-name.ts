/** Names of resources: without the service's own name, so that a renamed service keeps its parts. They never change. */
import type { Identity } from "../emit/artifact.ts";

/** What a file is called within its service, or within the stack where it belongs to all services. */
export function partName({ kind, name }: Pick<Identity, "kind" | "name">): string {
  switch (kind) {
    case "rules":
      return "prometheus/rules.yaml";
    case "tests":
      return name === "" ? "prometheus/tests.yaml" : `prometheus/${name}.tests.yaml`;
    case "routes":
      return "alertmanager/alertmanager.yaml";
    case "template":
      return "alertmanager/templates/firebreak.tmpl";
    case "route-tests":
      return "alertmanager/routes.tests.yaml";
    case "dashboard":
      return `grafana/${name}.json`;
    case "runbook":
      return `runbooks/${name}.md`;
    case "object":
      return name;
  }
}
