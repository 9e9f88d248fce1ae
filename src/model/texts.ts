/** Texts for people, and the URLs among them. */
import { z } from "zod";
import { fault, refuse } from "../sli/metric.ts";
import { inKeyOrder, isLabelName } from "./labels.ts";
import { templateMistake } from "./template.ts";
import { urlMistake } from "./url.ts";

/** An absolute URL that a person may click on. */
export const urlSchema = z.string().superRefine((text, context) => {
  const mistake = urlMistake(text);
  if (mistake) refuse(context, "bad-url", mistake.message, mistake.hint);
});

const template = z.strictObject({ template: z.string() }).superRefine((text, context) => {
  const mistake = templateMistake(text.template);
  if (mistake) refuse(context, "bad-template", mistake.message, mistake.hint);
});

/** Annotations by name: plain text, or a Go template made by `template()`. */
export const annotationsSchema = z
  .record(z.string(), z.union([z.string(), template]))
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
