// Drives the simulator with the unmodified node-zendesk client and prints what it got as one JSON object.
const fs = require('fs');
const { createClient } = require('node-zendesk');

const [endpointUri, oauthToken, apiToken, file] = process.argv.slice(2);

// The client answers some calls with { response, result }, others with the body alone, with or without its envelope.
const body = (answer, envelope) => {
  const inner = answer.result ?? answer;
  return inner[envelope] ?? inner;
};

async function main() {
  const client = createClient({ endpointUri, token: oauthToken, oauth: true });
  const legacy = createClient({ endpointUri, username: 'crmsync@example.com', token: apiToken });
  const seen = {};

  seen.me = body(await legacy.users.me(), 'user').role;
  seen.search = (await client.users.search({ query: 'email:ana@example.com' })).length;

  const upload = await client.attachments.upload(file, { filename: 'session 1.json', binary: false });
  const token = body(upload, 'upload').token;
  const unwanted = await client.attachments.upload(file, { filename: 'unwanted.json', binary: false });
  await client.attachments.deleteUpload(body(unwanted, 'upload').token);

  const updated = await client.tickets.update(101, {
    ticket: {
      comment: { html_body: '<p>From <b>node</b></p>', public: false, uploads: [token] },
      metadata: { crmsync: { k: 'node' } },
    },
  });
  seen.updated = body(updated, 'ticket').id;

  const created = await client.tickets.create({ ticket: { subject: 'Made by node', comment: { body: 'Hello' } } });
  seen.created = { status: created.response.status, subject: body(created, 'ticket').subject };

  seen.comments = (await client.tickets.getComments(101)).map((c) => ({ public: c.public, files: c.attachments.map((a) => a.file_name) }));
  seen.audit = (await client.ticketaudits.list(101)).map((a) => a.metadata.custom.crmsync.k);
  seen.list = (await client.tickets.list()).length;
  seen.showMany = body(await client.tickets.showMany([101, 102]), 'tickets').map((t) => t.id);

  const queued = await client.tickets.updateMany(undefined, {
    tickets: [101, 102].map((id) => ({ id, comment: { body: 'bulk', public: false }, additional_tags: ['bulk'] })),
  });
  const ended = await client.jobstatuses.watch(body(queued, 'job_status').id, 20, 50);
  const job = body(ended, 'job_status');
  seen.job = { status: job.status, results: job.results };
  seen.jobs = body(await client.jobstatuses.showMany([job.id]), 'job_statuses').length;

  seen.refused = await client.tickets.update(103, { ticket: { comment: { body: 'late', public: false } } })
    .then(() => 'accepted', (error) => (error.message.includes('422') ? 422 : error.message));
  process.stdout.write(JSON.stringify(seen));
}

main().catch((error) => {
  process.stderr.write(`${error.stack ?? error}\n`);
  process.exit(1);
});
