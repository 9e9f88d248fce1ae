/** What a label's name says of its values: whether they are people, and of what there are as many. */
import { simplify } from "../read/nearest.ts";

/** Whether the label tells people apart: an error wherever series are made of it. */
export function isUserLabel(name: string): boolean {
  return USER_LABELS.has(bare(name));
}

/** Of what the label has about as many values as there are: customers, clients, events. Undefined where they are few. */
export function manyAs(name: string): string | undefined {
  return MANY_AS.find(([, names]) => names.includes(bare(name)))?.[0];
}

/** The same whether OpenTelemetry has written it or Prometheus. */
function bare(name: string): string {
  return simplify(name).replaceAll(".", "");
}

/** Without capitals, dashes and underscores: `userId` and `user_id` are one. */
const USER_LABELS = new Set([
  "user",
  "userid",
  "uid",
  "username",
  "useremail",
  "userip",
  "userhash",
  "enduser",
  "enduserid",
  "email",
  "emailaddress",
  "mail",
  "customeremail",
  "accountemail",
  "customername",
  "fullname",
  "phone",
  "phonenumber",
  "userapikeyuser",
  "login",
  "loginname",
  "author",
  "actor",
  "actorid",
]);

const MANY_AS: readonly (readonly [string, readonly string[]])[] = [
  ["customers", ["customerid"]],
  ["accounts", ["accountid"]],
  ["clients", ["ip", "clientip", "ipaddress", "remoteaddr", "remoteip", "requesteripaddress", "useragent"]],
  ["keys", ["apikey", "hashedapikey", "apikeyhash"]],
  ["pods", ["pod", "podname", "podid", "poduid", "kubernetespodname", "k8spodname", "exportedpod"]],
  ["containers", ["containerid", "k8scontainerid"]],
  ["instances", ["instance", "exportedinstance", "serviceinstanceid"]],
  ["queries", ["query", "sql", "statement", "dbstatement", "dbquerytext", "dbqueryparameter"]],
  ["sessions", ["sessionid", "session", "conversationid", "genaiconversationid"]],
  ["orders", ["orderid", "transactionid"]],
  [
    "events",
    [
      "requestid",
      "traceid",
      "spanid",
      "correlationid",
      "messageid",
      "promptid",
      "uuid",
      "guid",
      "url",
      "path",
      "urlpath",
      "urlfull",
      "urlquery",
      "httpurl",
      "httptarget",
      "httppath",
      "requestpath",
      "requesturi",
      "filename",
      "fullurl",
      "uri",
      "querystring",
      "genairesponseid",
      "timestamp",
      "errormessage",
      "message",
      "prompt",
    ],
  ],
];
