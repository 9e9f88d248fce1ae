/** Texts for people, and the URLs among them. */
import { z } from "zod";
import { fault, refuse } from "../../sli/fault.ts";
import { refuseCredential } from "../read/credentials.ts";
import { inKeyOrder, isLabelName } from "./labels.ts";
import { templateMistake } from "./template.ts";
import { urlMistake } from "./url.ts";

/** An absolute URL that may be read by anybody. `hint` says what to do where it may not. */
export function publicUrl(hint?: string) {
  return z.string().superRefine((text, context) => {
    const mistake = urlMistake(text);
    if (mistake) refuse(context, "bad-url", mistake.message, mistake.hint);
    else refuseCredential(text, context, hint);
  });
}

/** An absolute URL that a person may click on. */
export const urlSchema = publicUrl();

/** A text that is generated as it stands, and so must hold no credential. */
export const proseSchema = z.string().superRefine((text, context) => refuseCredential(text, context));

const template = z.strictObject({ template: z.string() }).superRefine((text, context) => {
  const mistake = templateMistake(text.template);
  if (mistake) refuse(context, "bad-template", mistake.message, mistake.hint);
  refuseCredential(text.template, context);
});

/** Annotations by name: plain text, or a Go template made by `template()`. */
export const annotationsSchema = z
  .record(z.string(), z.union([proseSchema, template]))
  .superRefine((annotations, context) => {
    for (const name of Object.keys(annotations).filter((key) => !isLabelName(key))) {
      const params = fault("bad-label", "Names have letters, digits and underscores only.");
      context.addIssue({
        code: "custom",
        path: [name],
        message: `${JSON.stringify(name)} is not an annotation's name`,
        params,
      });
    }
  })
  .transform(inKeyOrder);
