// Pulumi loads this file by itself; Node then runs the TypeScript as it stands.
import "./pack.ts";
