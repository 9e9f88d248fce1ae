/** Ids: names that go into file names, labels and URLs, so their alphabet is small. */
import { z } from "zod";
import { refuse } from "../../sli/fault.ts";

/** The name of a service, an SLO, a budget or a tier. */
export const idSchema = z.string().transform((text, context) => {
  return isId(text) ? text : refuse(context, "bad-id", `${JSON.stringify(text)} is not an id`, hintFor(text));
});

/** A name that something had before. */
export const formerNameSchema = z.string().transform((text, context) => {
  if (isId(text)) return text;
  const own = nearestId(text.slice(text.lastIndexOf("/") + 1));
  const hint = `Former names are without the service${own === "" ? ", as names are" : `: write \`${own}\``}.`;
  return refuse(context, "bad-id", `${JSON.stringify(text)} is not an id`, text.includes("/") ? hint : hintFor(text));
});

/** Whether it may name something. */
export function isId(text: string): boolean {
  return ID.test(text);
}

const ID = /^[a-z][a-z0-9-]{0,62}$/;

function hintFor(text: string): string {
  const nearest = nearestId(text);
  const rule = "Ids are lower-case letters, digits and dashes, begin with a letter and have at most 63 characters";
  return nearest === "" ? `${rule}.` : `${rule}: write \`${nearest}\`.`;
}

/** `My Service` is `my-service`. Empty where nothing is left. */
export function nearestId(text: string): string {
  const bare = text.normalize("NFKD").replaceAll(/[\u0300-\u036f]/g, "");
  const words = bare.replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
  return words
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .slice(0, 63)
    .replace(/-+$/, "");
}
