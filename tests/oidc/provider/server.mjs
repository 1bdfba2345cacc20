/* The certified provider, set up as the agency describes its own (F-06): one person, who is
   always signed in at eidas1. FACE is the face's origin, CLIENTS the list of
   [client id, secret, algorithm]. Listens on 127.0.0.1 only; prints its issuer once it does. */
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';

import Provider from 'oidc-provider';

const { FACE, CLIENTS, PERSON } = process.env;
const person = JSON.parse(PERSON);
const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

const configuration = {
  clients: JSON.parse(CLIENTS).map(([id, secret, algorithm]) => ({
    client_id: id,
    client_secret: secret,
    id_token_signed_response_alg: algorithm,
    token_endpoint_auth_method: 'client_secret_post',
    redirect_uris: [`${FACE}/psc/return`],
    post_logout_redirect_uris: [`${FACE}/`],
    backchannel_logout_uri: `${FACE}/psc/logout-notice`,
    backchannel_logout_session_required: true,
  })),
  jwks: { keys: [{ ...key.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'one' }] },
  cookies: { keys: ['for a test only'] },
  scopes: ['openid', 'scope_all'],
  claims: { openid: ['sub'], scope_all: Object.keys(person).filter((name) => name !== 'sub') },
  acrValues: ['eidas1'],
  enabledJWA: { idTokenSigningAlgValues: ['RS256', 'HS256'] },
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource(ctx, form) { ctx.body = form; },
    },
  },
  ttl: { AccessToken: 120, AuthorizationCode: 60, IdToken: 300, Session: 14400, Grant: 14400 },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (ctx, id) => ({ accountId: id, claims: () => person }),
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope('openid scope_all');
    await grant.save();
    return grant;
  },
};

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, configuration);
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url.startsWith('/interaction/')) return answer(request, response);
    const login = { accountId: person.sub, acr: 'eidas1', amr: ['sc'] };
    return provider.interactionFinished(request, response, { login });
  });
  console.log(issuer);
});
process.stdin.on('end', () => process.exit()).resume(); // whoever started it is gone
