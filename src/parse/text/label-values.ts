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
  ["customers", ["customer", "customerid"]],
  ["tenants", ["tenantid"]],
  ["devices", ["deviceid", "serialnumber", "imei", "mac", "macaddress"]],
  ["accounts", ["accountid"]],
  [
    "clients",
    [
      ...["ip", "clientip", "ipaddress", "sourceip", "srcip", "dstip", "netpeerip", "requesteripaddress"],
      ...[
        "clientaddress",
        "address",
        "hostip",
        "remoteaddr",
        "remoteaddress",
        "remoteip",
        "useragent",
        "useragentoriginal",
      ],
    ],
  ],
  ["keys", ["apikey", "apikeyid", "apikeyalias", "hashedapikey", "apikeyhash", "apikeyname"]],
  [
    "pods",
    [
      "pod",
      "podname",
      "podid",
      "poduid",
      "podip",
      "kubernetespodname",
      "k8spodname",
      "k8spoduid",
      "exportedpod",
      "replicaset",
      "k8sreplicasetname",
    ],
  ],
  ["containers", ["containerid", "k8scontainerid", "dockercontainerid"]],
  ["instances", ["instance", "exportedinstance", "serviceinstanceid"]],
  ["queries", ["query", "sql", "statement", "dbstatement", "dbquerytext", "dbqueryparameter"]],
  ["sessions", ["sessionid", "session", "conversationid", "genaiconversationid"]],
  ["orders", ["orderid", "transactionid", "invoiceid", "paymentid", "cartid"]],
  ["builds", ["commit", "commitsha", "sha", "gitsha", "buildid", "buildnumber"]],
  [
    "runs",
    [
      "jobid",
      "runid",
      "taskid",
      "executionid",
      "workflowid",
      "workflowrunid",
      "batchid",
      "callid",
      "litellmcallid",
      "invocationid",
    ],
  ],
  [
    "events",
    [
      "id",
      "requestid",
      "responseid",
      "eventid",
      "documentid",
      "objectkey",
      "hash",
      "rawpath",
      "requesturl",
      "createdat",
      "exceptionmessage",
      "exceptionstacktrace",
      "stacktrace",
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
