/** Where alerts go. A secret is named here and filled in by the deployment. */
import type { Severity, Weekday } from "./values.ts";

/** Names a secret that the deployment fills in; the config holds a file path, never a value. */
export interface SecretReference {
  /** The secret's name, which is that of its file. `secret-value` where it looks like the secret itself. */
  readonly secret: string;
}

/** Where alerts of one severity go. Several integrations may be given; those that are left out get nothing. */
export interface ReceiverDeclaration {
  /** The integration key of a PagerDuty service (Events API v2). */
  readonly pagerduty?: SecretReference;
  /** The API key of an Opsgenie integration. */
  readonly opsgenie?: SecretReference;
  /** A Slack webhook's URL. */
  readonly slack?: SecretReference & {
    /** Such as `#slo-tickets`. Default: the webhook's own. */
    readonly channel?: string;
  };
  /** A Microsoft Teams workflow's URL. */
  readonly msteams?: SecretReference;
  /** A Discord webhook's URL. */
  readonly discord?: SecretReference;
  /** The token of an incident.io alert source. */
  readonly incidentio?: SecretReference & {
    /** The alert source's own URL. `bad-url` or `credential-in-url` where it may not be published. */
    readonly url: string;
  };
  /** An issue in Jira for each notification group. */
  readonly jira?: JiraReceiver;
  /** Anything that takes Alertmanager's own JSON: a URL that may be read by all, or the name of a secret one. */
  readonly webhook?:
    | SecretReference
    | {
        /** `bad-url` or `credential-in-url` where it may not be published. */
        readonly url: string;
      };
  /** Mail. */
  readonly email?: EmailReceiver;
  /** What is not above: any `*_configs` of Alertmanager, as it has them; a secret is `{ secret: "name" }` in a field that ends in `_file`. */
  readonly raw?: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
}

/** An issue for each notification group. The secret is an API token, or a personal access token where there is no `user`. */
export interface JiraReceiver extends SecretReference {
  /** Base URL, such as `https://example.atlassian.net`. */
  readonly url: string;
  /** The project's key, such as `OPS`. */
  readonly project: string;
  /** Default `Task`. */
  readonly issueType?: string;
  /** Whose token it is, on Jira Cloud: an e-mail address. Default: nobody's, the secret is a personal access token. */
  readonly user?: string;
  /** The transition that closes the issue when all is over. Default: it stays open. */
  readonly resolve?: string;
  /** The transition that opens it again. Default: it stays closed. */
  readonly reopen?: string;
}

/** Mail, with a login where `user` and `secret` are given. */
export interface EmailReceiver {
  /** Addresses, with commas between them. */
  readonly to: string;
  /** The sender's address. */
  readonly from: string;
  /** The mail server, `host:port`. */
  readonly smarthost: string;
  /** The login's name; needs `secret`. Default: no login. */
  readonly user?: string;
  /** Names the secret that is the password; needs `user`. Default: no login. */
  readonly secret?: string;
  /** Default true: no mail without TLS. Port 465 has it from the first byte, others by STARTTLS. */
  readonly requireTls?: boolean;
  /** Certificate authorities of the mail server, where Alertmanager runs: a file. Default: the system's. */
  readonly caFile?: string;
}

/** Receivers of one team, by severity. A missing one falls back to the `default` team's. */
export type TeamReceivers = Readonly<Partial<Record<Severity, ReceiverDeclaration>>>;

/** When tickets may disturb: outside it they wait. `hours-keep-open` where what they go to would wait for their end. */
export interface BusinessHours {
  /** IANA name, such as `Europe/Berlin`. Default `UTC`. */
  readonly location?: string;
  /** Default Monday to Friday. */
  readonly days?: readonly Weekday[];
  /** When they begin, `HH:MM`. */
  readonly start: string;
  /** When they end, `HH:MM`; later than `start`. */
  readonly end: string;
}
