-- The desk: the company's and the contractor's side. What two people may do at once is decided by a
-- key that is taken (a revision, a step, a version): the later one is told, and nothing is lost.

CREATE TABLE company (
  issuer TEXT PRIMARY KEY,
  profile TEXT NOT NULL,      -- JSON, see desk/company/profile.ts
  setAt TEXT NOT NULL
);

CREATE TABLE signingKey (
  issuer TEXT NOT NULL,
  kid TEXT NOT NULL,          -- RFC 7638 thumbprint
  alg TEXT NOT NULL,
  sealed BLOB NOT NULL,       -- private JWK, AES-256-GCM under DESK_KEK
  importedAt TEXT NOT NULL,
  PRIMARY KEY (issuer, kid)
);

-- Numbers that were given out: of guarantees, applications, statements, sheets, notices.
CREATE TABLE numberGiven (
  issuer TEXT NOT NULL,
  series TEXT NOT NULL,
  serial INTEGER NOT NULL,
  PRIMARY KEY (issuer, series, serial)
);

CREATE TABLE application (
  id TEXT PRIMARY KEY,
  number TEXT,                -- 受付番号, none while it is a draft
  issuer TEXT NOT NULL,
  org TEXT NOT NULL,          -- the contractor's organisation
  branch TEXT,                -- 申込送信先
  worksName TEXT NOT NULL,
  copyOf TEXT,
  sendKey TEXT UNIQUE,        -- of the form that was sent: a second click finds the first
  createdBy TEXT NOT NULL,
  createdAt TEXT NOT NULL,
  sentAt TEXT
);
CREATE INDEX application_org ON application (org, createdAt);
CREATE UNIQUE INDEX application_number ON application (issuer, number);
CREATE INDEX application_issuer ON application (issuer, sentAt);

-- The newest revision is the application; taking the next number is the right to write it.
CREATE TABLE applicationRevision (
  application TEXT NOT NULL REFERENCES application (id),
  revision INTEGER NOT NULL,
  form TEXT NOT NULL,         -- JSON of the fields as they were typed
  content TEXT,               -- JSON of what was checked, see desk/application/content.ts; none in a draft
  byUser TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (application, revision)
);

-- One guarantee that is applied for, with its own 手続状況.
CREATE TABLE applicationLine (
  application TEXT NOT NULL REFERENCES application (id),
  kind TEXT NOT NULL,
  format TEXT NOT NULL,       -- electronic | paper
  status TEXT NOT NULL,       -- of the newest step
  guaranteedAmount INTEGER NOT NULL,
  contractNumber TEXT,
  PRIMARY KEY (application, kind)
);
CREATE INDEX applicationLine_status ON applicationLine (status, application);

CREATE TABLE lineStep (
  application TEXT NOT NULL,
  kind TEXT NOT NULL,
  step INTEGER NOT NULL,
  status TEXT NOT NULL,
  at TEXT NOT NULL,
  byUser TEXT,                -- none: the system's own step
  note TEXT,                  -- reason, answer
  PRIMARY KEY (application, kind, step),
  FOREIGN KEY (application, kind) REFERENCES applicationLine (application, kind)
);

CREATE TABLE attachment (
  id TEXT PRIMARY KEY,
  application TEXT NOT NULL REFERENCES application (id),
  purpose TEXT NOT NULL,      -- works | interim (認定調書) | other
  name TEXT NOT NULL,
  mediaType TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 BLOB NOT NULL,
  bytes BLOB NOT NULL,
  addedBy TEXT NOT NULL,
  addedAt TEXT NOT NULL
);
CREATE INDEX attachment_application ON attachment (application, addedAt);

-- 保証料計算書 and 保証料返還計算書.
CREATE TABLE premiumStatement (
  issuer TEXT NOT NULL,
  number TEXT NOT NULL,
  org TEXT NOT NULL,
  application TEXT NOT NULL,
  kind TEXT NOT NULL,
  contractNumber TEXT,
  type TEXT NOT NULL,         -- charge | refund
  quote TEXT NOT NULL,        -- JSON of the PremiumQuote
  yen INTEGER NOT NULL,
  paymentMethod TEXT NOT NULL,
  billTo TEXT NOT NULL,
  madeAt TEXT NOT NULL,
  settledAt TEXT,
  settledBy TEXT,
  PRIMARY KEY (issuer, number)
);
CREATE INDEX premiumStatement_org ON premiumStatement (org, madeAt);
CREATE INDEX premiumStatement_line ON premiumStatement (application, kind);

-- A guarantee as the desk knows it: the newest state, and what lists search by.
CREATE TABLE issued (
  issuer TEXT NOT NULL,
  numberKey TEXT NOT NULL,
  contractNumber TEXT NOT NULL,
  org TEXT NOT NULL,
  application TEXT NOT NULL,
  kind TEXT NOT NULL,
  format TEXT NOT NULL,
  branch TEXT,
  state TEXT NOT NULL,        -- issuing | in_force | cancelled | released | on_paper
  newestSeq INTEGER NOT NULL,
  certificate TEXT NOT NULL,  -- JSON
  sealedKey BLOB,             -- the auth key, AES-256-GCM under DESK_KEK; none on paper
  keySince TEXT,
  worksName TEXT NOT NULL,
  searchText TEXT NOT NULL,   -- works, owner and numbers, U+001F, contractor and JV: each by searchFold, a line each
  ownerName TEXT NOT NULL,
  contractorName TEXT NOT NULL,
  contractPrice INTEGER NOT NULL,
  coverageEnd TEXT NOT NULL,
  issuedAt TEXT NOT NULL,
  arrivedAt TEXT,             -- of the newest version
  PRIMARY KEY (issuer, numberKey)
);
CREATE INDEX issued_org ON issued (org, issuedAt, issuer, numberKey);
CREATE INDEX issued_issuer ON issued (issuer, issuedAt, numberKey);
CREATE UNIQUE INDEX issued_line ON issued (application, kind);

-- What owners did with a guarantee, as the platform's events tell it, added up; and how far they
-- were read: taking the next step is the right to add.
CREATE TABLE ownerDoing (
  issuer TEXT NOT NULL,
  numberKey TEXT NOT NULL,
  kind TEXT NOT NULL,         -- lookup | share_opened
  count INTEGER NOT NULL,
  lastAt TEXT NOT NULL,
  PRIMARY KEY (issuer, numberKey, kind)
);
CREATE TABLE eventsRead (
  issuer TEXT NOT NULL,
  step INTEGER NOT NULL,
  cursor TEXT,                -- of the last event; none before the first
  at TEXT NOT NULL,           -- when the platform said that there is nothing behind it
  PRIMARY KEY (issuer, step)
);

-- Each record that the company signed; the receipt stands beside it once it has arrived.
CREATE TABLE issuedVersion (
  issuer TEXT NOT NULL,
  numberKey TEXT NOT NULL,
  seq INTEGER NOT NULL,
  event TEXT NOT NULL,
  jws TEXT NOT NULL,
  madeAt TEXT NOT NULL,
  madeBy TEXT NOT NULL,
  approvedBy TEXT,
  arrivedAt TEXT,
  receipt TEXT,               -- JSON, verified against the pinned log key
  PRIMARY KEY (issuer, numberKey, seq),
  FOREIGN KEY (issuer, numberKey) REFERENCES issued (issuer, numberKey)
);

-- What one person of a company wishes for a guarantee, until a second one agrees.
CREATE TABLE lifeProposal (
  issuer TEXT NOT NULL,
  numberKey TEXT NOT NULL,
  event TEXT NOT NULL,
  fields TEXT NOT NULL,       -- JSON of the form
  seq INTEGER NOT NULL,       -- that it would take
  madeBy TEXT NOT NULL,
  madeByName TEXT NOT NULL,
  madeAt TEXT NOT NULL,
  PRIMARY KEY (issuer, numberKey),
  FOREIGN KEY (issuer, numberKey) REFERENCES issued (issuer, numberKey)
);

-- What is on its way to the platform: records, and changes of an auth key (then seq is 0).
CREATE TABLE submission (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  issuer TEXT NOT NULL,
  numberKey TEXT NOT NULL,
  seq INTEGER NOT NULL,
  sealedKey BLOB,             -- the new auth key of a change, until it is taken
  state TEXT NOT NULL,        -- waiting | arrived | refused
  tries INTEGER NOT NULL,
  nextAt TEXT NOT NULL,
  fault TEXT,                 -- code of the last refusal
  madeAt TEXT NOT NULL
);
CREATE UNIQUE INDEX submission_version ON submission (issuer, numberKey, seq) WHERE seq > 0;
CREATE INDEX submission_due ON submission (state, nextAt);

CREATE TABLE mail (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  messageId TEXT NOT NULL UNIQUE,
  issuer TEXT,
  org TEXT,
  purpose TEXT NOT NULL,      -- issued | amended | returned | invitation | …
  numberKey TEXT,
  application TEXT,
  recipient TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,         -- never a key, never a number with a key
  state TEXT NOT NULL,        -- waiting | sent | refused | bounced
  tries INTEGER NOT NULL,
  nextAt TEXT NOT NULL,
  fault TEXT,                 -- what the server said last
  madeAt TEXT NOT NULL,
  sentAt TEXT,
  resentFrom INTEGER          -- the mail that a person had sent once more
);
CREATE INDEX mail_due ON mail (state, nextAt);
CREATE INDEX mail_guarantee ON mail (issuer, numberKey);
CREATE INDEX mail_issuer ON mail (issuer, id);

-- Taking the next try is the right to send: of two senders one is refused.
CREATE TABLE mailTry (
  mail INTEGER NOT NULL REFERENCES mail (id),
  try INTEGER NOT NULL,
  at TEXT NOT NULL,
  said TEXT,                  -- what became of it; none while it is under way, or its sender died
  PRIMARY KEY (mail, try)
);

-- Printed originals: each sheet has a number of its own.
CREATE TABLE paperSheet (
  issuer TEXT NOT NULL,
  sheet TEXT NOT NULL,
  numberKey TEXT NOT NULL,
  seq INTEGER NOT NULL,
  copy TEXT NOT NULL,         -- 正 | 副
  certificate TEXT NOT NULL,
  madeAt TEXT NOT NULL,
  madeBy TEXT NOT NULL,
  voidedAt TEXT,
  voidReason TEXT,
  PRIMARY KEY (issuer, sheet)
);
CREATE INDEX paperSheet_guarantee ON paperSheet (issuer, numberKey);
