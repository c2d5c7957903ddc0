// Runs a public client, unmodified, against the simulator whose address is the first argument; the second is a Case to work on.
// Prints one line a step and ends with code 0 when all of them came out as on a real org.
const assert = require('node:assert/strict');
const jsforce = require('jsforce');

const [address, caseId] = process.argv.slice(2);

const steps = {
  async 'signs in by client credentials'(connection) {
    const user = await connection.authorize({ grant_type: 'client_credentials' });
    assert.equal(user.id.length, 18);
    assert.equal((await connection.identity()).username, 'crmsync@org.example');
  },

  async 'reads versions, limits and descriptions'(connection) {
    assert.ok((await connection.request('/services/data')).some((v) => v.version === '67.0'));
    assert.ok((await connection.limits()).DailyApiRequests.Remaining > 0);
    assert.ok(connection.limitInfo.apiUsage.limit > 0);
    assert.ok((await connection.describeGlobal()).sobjects.some((o) => o.name === 'Case'));
    const fields = (await connection.sobject('Case').describe()).fields;
    assert.ok(fields.find((f) => f.name === 'Status').picklistValues.some((v) => v.value === 'Closed'));
  },

  async 'creates, reads, changes and deletes a record'(connection) {
    const cases = connection.sobject('Case');
    const created = await cases.create({ Subject: "It's broken" });
    assert.equal(created.success, true);
    await cases.update({ Id: created.id, Priority: 'High' });
    const read = await cases.retrieve(created.id);
    assert.deepEqual([read.Subject, read.Priority], ["It's broken", 'High']);
    await cases.destroy(created.id);
    await assert.rejects(cases.retrieve(created.id), (e) => e.errorCode === 'ENTITY_IS_DELETED');
  },

  async 'upserts by an external id'(connection) {
    const ledger = connection.sobject('CrmSync_Delivery__c');
    const first = await ledger.upsert({ Key__c: 'js-1', Channel__c: 'call' }, 'Key__c');
    const second = await ledger.upsert({ Key__c: 'js-1', Channel__c: 'chat' }, 'Key__c');
    assert.equal(second.id ?? first.id, first.id);
    assert.equal((await ledger.retrieve(first.id)).Channel__c, 'chat');
    await assert.rejects(ledger.create({ Key__c: 'JS-1' }), (e) => e.errorCode === 'DUPLICATE_VALUE');
  },

  async 'writes many records in one call'(connection) {
    const before = connection.limitInfo.apiUsage.used;
    const results = await connection.sobject('Case').create([{ Subject: 'a' }, { Subject: 'b' }, { Nope: 'c' }], { allowRecursive: false });
    assert.deepEqual(results.map((r) => r.success), [true, true, false]);
    assert.equal(results[2].errors[0].statusCode ?? results[2].errors[0].errorCode, 'INVALID_FIELD');
    assert.equal(connection.limitInfo.apiUsage.used, before + 1);
  },

  async 'changes, reads, upserts and deletes many records in one call each'(connection) {
    const cases = connection.sobject('Case');
    const ids = (await cases.create([{ Subject: 'x' }, { Subject: 'y' }])).map((r) => r.id);
    assert.ok((await cases.update(ids.map((Id) => ({ Id, Priority: 'High' })))).every((r) => r.success));
    assert.deepEqual((await cases.retrieve(ids)).map((r) => r.Priority), ['High', 'High']);
    const rows = [{ Key__c: 'many-1', Channel__c: 'call' }, { Key__c: 'many-2', Channel__c: 'chat' }];
    const ledger = connection.sobject('CrmSync_Delivery__c');
    assert.deepEqual((await ledger.upsert(rows, 'Key__c')).map((r) => r.created), [true, true]);
    assert.deepEqual((await ledger.upsert(rows, 'Key__c')).map((r) => r.created), [false, false]);
    assert.ok((await cases.destroy(ids)).every((r) => r.success));
  },

  async 'searches'(connection) {
    await connection.sobject('Lead').create({ LastName: 'Lovelace', Company: 'Engines', Phone: '(415) 555-0100' });
    const { searchRecords } = await connection.search('FIND {4155550100} IN PHONE FIELDS RETURNING Lead(Id, LastName)');
    assert.deepEqual(searchRecords.map((r) => r.LastName), ['Lovelace']);
  },

  async 'queries page by page'(connection) {
    const found = await connection.query("SELECT Id, Subject, Owner.Username FROM Case WHERE Subject IN ('a', 'b') ORDER BY Subject");
    assert.deepEqual(found.records.map((r) => r.Subject), ['a', 'b']);
    assert.equal(found.records[0].Owner.Username, 'crmsync@org.example');
    const sizes = [];
    let page = await connection.query('SELECT Id FROM Contact', { headers: { 'Sforce-Query-Options': 'batchSize=200' } });
    for (;;) {
      sizes.push(page.records.length);
      if (page.done) break;
      page = await connection.queryMore(page.nextRecordsUrl, { headers: { 'Sforce-Query-Options': 'batchSize=200' } });
    }
    assert.deepEqual(sizes, [200, 50]);
    await assert.rejects(connection.query('SELECT Nope FROM Case'), (e) => e.errorCode === 'INVALID_FIELD');
  },

  async 'uploads and downloads a file'(connection) {
    const file = await connection.sobject('ContentVersion').create({
      PathOnClient: 'note.json',
      VersionData: Buffer.from('{"a":1}').toString('base64'),
      FirstPublishLocationId: caseId,
    });
    const chunks = [];
    for await (const chunk of connection.sobject('ContentVersion').record(file.id).blob('VersionData')) chunks.push(chunk);
    assert.equal(Buffer.concat(chunks).toString(), '{"a":1}');
  },

  async 'uploads a file as multipart'(connection) {
    const file = await connection.sobject('ContentVersion').create(
      { PathOnClient: 'large.json', VersionData: Buffer.from('{"b":2}').toString('base64') },
      { multipartFileFields: { VersionData: 'large.json' } },
    );
    const { records } = await connection.query(`SELECT ContentSize, FileExtension FROM ContentVersion WHERE Id = '${file.id}'`);
    assert.deepEqual([records[0].ContentSize, records[0].FileExtension], [7, 'json']);
  },

  async 'sends a composite call'(connection) {
    const root = `/services/data/v${connection.version}/sobjects`;
    const answer = await connection.requestPost(`/services/data/v${connection.version}/composite`, {
      allOrNone: true,
      compositeRequest: [
        { method: 'POST', url: `${root}/Case`, referenceId: 'c', body: { Subject: 'composite' } },
        { method: 'POST', url: `${root}/CaseComment`, referenceId: 'n', body: { ParentId: '@{c.id}', CommentBody: 'hello' } },
      ],
    });
    assert.deepEqual(answer.compositeResponse.map((r) => r.httpStatusCode), [201, 201]);
  },
};

(async () => {
  const connection = new jsforce.Connection({
    version: '67.0',
    oauth2: { loginUrl: address, clientId: 'crmsync-client', clientSecret: 'crmsync-secret' },
  });
  for (const [name, step] of Object.entries(steps)) {
    await step(connection);
    console.log(name);
  }
})().catch((e) => {
  console.error(e);
  process.exit(1);
});
