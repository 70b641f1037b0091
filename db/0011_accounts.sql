-- Who signs in. The tables auth… are better-auth's own, as its getMigrations() compiled them for the
-- configuration of src/accounts/auth.ts (test/accounts/migration.test.ts asks it again); only it writes
-- them. Times in them are ISO text whatever their type says.

CREATE TABLE "authUser" (
  "id" text not null primary key,
  "name" text not null,
  "email" text not null unique,
  "emailVerified" integer not null,
  "image" text,
  "createdAt" date not null,
  "updatedAt" date not null,
  "twoFactorEnabled" integer,
  "disabledAt" text
);
CREATE TABLE "authSession" (
  "id" text not null primary key,
  "expiresAt" date not null,
  "token" text not null unique,
  "createdAt" date not null,
  "updatedAt" date not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null references "authUser" ("id") on delete cascade,
  "activeOrganizationId" text
);
CREATE TABLE "authAccount" (
  "id" text not null primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references "authUser" ("id") on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" date,
  "refreshTokenExpiresAt" date,
  "scope" text,
  "password" text,
  "createdAt" date not null,
  "updatedAt" date not null
);
CREATE TABLE "authVerification" (
  "id" text not null primary key,
  "identifier" text not null,
  "value" text not null,
  "expiresAt" date not null,
  "createdAt" date not null,
  "updatedAt" date not null
);
CREATE TABLE "authOrganization" (
  "id" text not null primary key,
  "name" text not null,
  "slug" text not null unique,
  "logo" text,
  "createdAt" date not null,
  "metadata" text,
  "kind" text not null,
  "issuer" text,
  "owner" text,
  "address" text,
  "representative" text,
  "allowsOidc" integer not null
);
CREATE TABLE "authMember" (
  "id" text not null primary key,
  "organizationId" text not null references "authOrganization" ("id") on delete cascade,
  "userId" text not null references "authUser" ("id") on delete cascade,
  "role" text not null,
  "createdAt" date not null
);
CREATE TABLE "authInvitation" (
  "id" text not null primary key,
  "organizationId" text not null references "authOrganization" ("id") on delete cascade,
  "email" text not null,
  "role" text,
  "status" text not null,
  "expiresAt" date not null,
  "createdAt" date not null,
  "inviterId" text not null references "authUser" ("id") on delete cascade
);
CREATE TABLE "authTwoFactor" (
  "id" text not null primary key,
  "secret" text not null,
  "backupCodes" text not null,
  "userId" text not null references "authUser" ("id") on delete cascade,
  "verified" integer,
  "failedVerificationCount" integer,
  "lockedUntil" date
);
CREATE TABLE "authPasskey" (
  "id" text not null primary key,
  "name" text,
  "publicKey" text not null,
  "userId" text not null references "authUser" ("id") on delete cascade,
  "credentialID" text not null,
  "counter" integer not null,
  "deviceType" text not null,
  "backedUp" integer not null,
  "transports" text,
  "createdAt" date,
  "aaguid" text
);
CREATE TABLE "authRateLimit" (
  "id" text not null primary key,
  "key" text not null unique,
  "count" integer not null,
  "lastRequest" bigint not null
);
CREATE INDEX "authSession_userId_idx" on "authSession" ("userId");
CREATE INDEX "authAccount_userId_idx" on "authAccount" ("userId");
CREATE INDEX "authVerification_identifier_idx" on "authVerification" ("identifier");
CREATE INDEX "authMember_organizationId_idx" on "authMember" ("organizationId");
CREATE INDEX "authMember_userId_idx" on "authMember" ("userId");
CREATE INDEX "authInvitation_organizationId_idx" on "authInvitation" ("organizationId");
CREATE INDEX "authInvitation_email_idx" on "authInvitation" ("email");
CREATE INDEX "authTwoFactor_secret_idx" on "authTwoFactor" ("secret");
CREATE INDEX "authTwoFactor_userId_idx" on "authTwoFactor" ("userId");
CREATE INDEX "authPasskey_userId_idx" on "authPasskey" ("userId");
CREATE INDEX "authPasskey_credentialID_idx" on "authPasskey" ("credentialID");

-- What the library leaves to its own reads before it writes.
CREATE UNIQUE INDEX authAccount_provider_unique ON authAccount (providerId, accountId);
CREATE UNIQUE INDEX authPasskey_credential_unique ON authPasskey (credentialID);
CREATE UNIQUE INDEX authTwoFactor_user_unique ON authTwoFactor (userId);
-- One person, one address, one organisation: a session is always for that one.
CREATE UNIQUE INDEX authMember_user_unique ON authMember (userId);

-- One-time links to join, or to set a new password. Only a hash of the secret in them is kept.
CREATE TABLE accountInvitation (
  hash TEXT PRIMARY KEY,      -- SHA-256, base64url
  purpose TEXT NOT NULL CHECK (purpose IN ('join', 'reset', 'reset_all')),
  organisation TEXT NOT NULL REFERENCES authOrganization (id),
  role TEXT NOT NULL,
  email TEXT NOT NULL,
  name TEXT NOT NULL,
  createdAt TEXT NOT NULL,
  endsAt TEXT NOT NULL,
  acceptedAt TEXT
) STRICT;
-- At most one that is open for an address.
CREATE UNIQUE INDEX accountInvitation_open ON accountInvitation (email) WHERE acceptedAt IS NULL;

-- Codes of authenticator apps that were used, as keyed hashes; kept for as long as they could be again.
CREATE TABLE totpUsed (
  user TEXT NOT NULL,
  code TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (user, code)
) STRICT;

-- The form that somebody sent when their session had ended: one a session, sealed, for an hour.
CREATE TABLE keptForm (
  session TEXT PRIMARY KEY,   -- SHA-256 of its token, base64url
  id TEXT NOT NULL UNIQUE,
  sealed TEXT NOT NULL,
  endsAt TEXT NOT NULL
) STRICT;
