/** Names of resources: from ids, and without the service's own name, so that a renamed service keeps its parts. */

/** `prometheus/checkout.rules.yaml` is `prometheus/rules.yaml` of the service checkout. */
export function partName(path: string, service?: string): string {
  const part = path.replace(/^kubernetes\/(.*)\.yaml$/, "$1");
  if (service === undefined) return part;
  const [folder, rest] = part.includes("/")
    ? [`${part.split("/")[0]}/`, part.slice(part.indexOf("/") + 1)]
    : ["", part];
  return folder + rest.slice(service.length).replace(/^[./]/, "");
}
