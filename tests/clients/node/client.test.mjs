// The official TypeScript library against a running server. Nothing in it is replaced.
//
// test_node_client.py starts the servers and hands over their addresses in the environment.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import LandingAIADE, * as ade from 'landingai-ade';

const { SERVER, GUARDED, SMALL, BROKEN, FILES, FOLDER, KEY } = process.env;
const MAX_BYTES = Number(process.env.MAX_BYTES);

const CLASSES = [{ class: 'invoice', description: 'A bill, with "quotes" & ünïcode\nover two lines' }, { class: 'passport' }];
const INVOICE = path.join(FOLDER, 'invoice.pdf');
const BYTES = fs.readFileSync(INVOICE);
const ARCHIVE = new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]); // gzip: no document, whatever it is called

const client = (baseURL, options = {}) => new LandingAIADE({ baseURL, apikey: KEY, maxRetries: 0, ...options });
const classify = (ask, baseURL = SERVER) => client(baseURL).classify({ classes: CLASSES, ...ask });
const stream = (name = 'invoice.pdf') => fs.createReadStream(path.join(FOLDER, name));

function assertInvoice(response, filename, pages = 1) {
  assert.deepEqual(
    response.classification.map((each) => [each.class, each.page]),
    Array.from({ length: pages }, (_, number) => ['invoice', number]),
  );
  assert.equal(response.metadata.filename, filename);
  assert.equal(response.metadata.page_count, pages);
  assert.match(response.metadata.version, /^classify-\d+$/);
}

describe('the class list', () => {
  const spellings = {
    typed: CLASSES,
    'as JSON': JSON.stringify(CLASSES),
    'names as JSON': '["invoice", "passport"]',
    names: ['invoice', 'passport'],
    'an empty description': [{ class: 'invoice', description: '' }, { class: 'passport' }],
    'more than ten': [...Array.from({ length: 12 }, (_, number) => ({ class: `kind ${number}` })), { class: 'invoice' }],
  };
  for (const [name, classes] of Object.entries(spellings)) {
    test(name, async () => assertInvoice(await classify({ classes, document: stream() }), 'invoice.pdf'));
  }
});

describe('the document', () => {
  test('a stream', async () => assertInvoice(await classify({ document: stream('rechnung märz.pdf') }), 'rechnung märz.pdf', 2));

  test('a File with quotes in its name', async () => {
    const document = new File([BYTES], 'rechnung "märz".pdf', { type: 'application/pdf' });
    assertInvoice(await classify({ document }), 'rechnung "märz".pdf');
  });

  test('a buffer through toFile', async () => {
    assertInvoice(await classify({ document: await ade.toFile(BYTES, 'a.pdf') }), 'a.pdf');
  });

  test('a response of fetch', async () => {
    const document = await fetch(`${FILES}/invoice.pdf`);
    assertInvoice(await classify({ document }), 'invoice.pdf');
  });

  test('a string is sent as text and read as the bytes it stands for', async () => {
    assertInvoice(await classify({ document: BYTES.toString('ascii') }), 'upload');
  });

  test('an address', async () => assertInvoice(await classify({ document_url: `${FILES}/invoice.pdf` }), 'invoice.pdf'));
});

test('a model and its alias', async () => {
  const { metadata } = await classify({ document: stream(), model: 'classify-latest' });
  assert.notEqual(metadata.version, 'classify-latest');
  assertInvoice(await classify({ document: stream(), model: metadata.version }), 'invoice.pdf');
});

test('the raw response', async () => {
  const { data, response } = await client(SERVER).classify({ classes: CLASSES, document: stream() }).withResponse();
  assertInvoice(data, 'invoice.pdf');
  assert.equal(response.headers.get('content-type'), 'application/json');
});

describe('errors', () => {
  const refusal = async (ask, baseURL = GUARDED, options = {}) => {
    try {
      await client(baseURL, options).classify({ classes: CLASSES, ...ask });
    } catch (error) {
      return error;
    }
    return assert.fail('the request was answered');
  };
  const large = (size) => new File([BYTES, Buffer.alloc(size)], 'large.pdf');

  const refusals = [
    ['an unknown model', 400, 'BadRequestError', 'unknown_model_version', () => refusal({ document: stream(), model: 'classify-1999' })],
    ['an address without a document', 400, 'BadRequestError', 'invalid_url', () => refusal({ document_url: `${FILES}/none.pdf` })],
    ['a local path as address', 400, 'BadRequestError', 'invalid_url', () => refusal({ document_url: '/etc/hostname' })],
    ['a wrong key', 401, 'AuthenticationError', 'invalid_api_key', () => refusal({ document: stream() }, GUARDED, { apikey: 'wrong' })],
    ['a large document', 413, 'APIError', 'size_exceeded', () => refusal({ document: large(MAX_BYTES) }, SMALL)],
    ['a very large document', 413, 'APIError', 'size_exceeded', () => refusal({ document: large(40_000_000) }, SMALL)],
    ['an archive', 415, 'UnsupportedMediaTypeError', 'unsupported_format', () => refusal({ document: new File([ARCHIVE], 'notes.pdf') })],
    ['an empty document', 415, 'UnsupportedMediaTypeError', 'empty_document', () => refusal({ document: new File([], 'a.pdf') })],
    ['no classes', 422, 'UnprocessableEntityError', 'validation_error', () => refusal({ classes: [], document: stream() })],
    ['no document', 422, 'UnprocessableEntityError', 'validation_error', () => refusal({})],
    ['an empty name', 422, 'UnprocessableEntityError', 'validation_error', () => refusal({ classes: [{ class: '' }], document: stream() })],
    ['a bare buffer', 422, 'UnprocessableEntityError', 'validation_error', () => refusal({ document: BYTES })],
    ['an error of the server', 500, 'InternalServerError', 'internal_error', () => refusal({ document: stream() }, BROKEN)],
  ];
  for (const [name, status, kind, code, ask] of refusals) {
    test(name, async () => {
      const error = await ask();
      assert.ok(error instanceof ade[kind], `${error.constructor.name}: ${error.message}`);
      assert.equal(error.status, status);
      assert.equal(error.error.code, code);
      assert.equal(error.message, `${status} ${error.error.message}`);
    });
  }

  test('a mistake is located', async () => {
    const error = await refusal({ classes: [{ class: 'a' }, { class: 'A ' }], document: stream() });
    assert.deepEqual(error.error.detail[0].loc, ['body', 'classes', 1, 'class']);
  });
});

describe('repetition', () => {
  const counted = async (baseURL, ask) => {
    let requests = 0;
    const counting = (url, ...rest) => {
      requests += String(url).startsWith(baseURL); // the library also tries out fetch on an address of its own
      return fetch(url, ...rest);
    };
    await assert.rejects(client(baseURL, { maxRetries: 2, fetch: counting }).classify({ classes: CLASSES, ...ask }));
    return requests;
  };

  test('an error of the server is tried three times, with the whole document', async () => {
    assert.equal(await counted(BROKEN, { document: stream() }), 3);
  });
  test('a mistake is tried once', async () => assert.equal(await counted(SERVER, { document: new File([ARCHIVE], 'a') }), 1));
});
