/** Which service a file of the output belongs to. */

/** The service's name; undefined for what belongs to all of them. */
export function serviceOf(path: string): string | undefined {
  const [folder, name = ""] = path.split("/");
  // No id has a dot: the first ends the service's name.
  const [id] = name.split(".");
  switch (folder) {
    case "prometheus":
    case "runbooks":
      return id;
    case "alertmanager":
      return name.endsWith(".routes.tests.yaml") ? id : undefined;
    case "kubernetes":
      return GLOBAL.test(name) ? undefined : id;
    default:
      return undefined;
  }
}

/** Dashboards are of everything, and so are routes, in as many parts as they need. */
const GLOBAL = /^(namespace|(alertmanager|inhibition)(\.[01]+)?|[^.]+\.dashboard)\.yaml$/;
