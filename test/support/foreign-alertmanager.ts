/** An alertmanager.yaml of somebody else, with comments, quotes and spacing of its own: merging has to leave all of it. */
export const theirs = `# who is notified, and why
global:
  resolve_timeout: 5m   # as ever
route:
  # everybody
  receiver: 'everyone'
  routes:
  - receiver: database # people
    matchers: [ team = "database" ]
receivers:
- name: "everyone"
- name: database
`;
