/** Which service a file of the output belongs to. */

/** The service's name; undefined for what belongs to all of them. */
export function serviceOf(path: string): string | undefined {
  const [folder, name = ""] = path.split("/");
  // No id has a dot or an underscore: the first of them ends the service's name.
  const id = name.split(".")[0]?.replace(/_$/, "");
  switch (folder) {
    case "prometheus":
    case "runbooks":
      return id;
    case "grafana":
      return COMMON.some((common) => name === `${common}.json`) ? undefined : id;
    case "alertmanager":
      return name.endsWith(".routes.tests.yaml") ? id : undefined;
    case "kubernetes":
      return GLOBAL.test(name) ? undefined : id;
    default:
      return undefined;
  }
}

/** Dashboards that belong to no service. */
export const COMMON = ["overview", "spend", "experiments"] as const;

const GLOBAL = new RegExp(`^(namespace|alertmanager|(${COMMON.join("|")})\\.dashboard)\\.yaml$`);
