BEGIN TRANSACTION;
CREATE TABLE editions (
	show TEXT NOT NULL, 
	date DATE NOT NULL, 
	digest TEXT NOT NULL, 
	rundown TEXT NOT NULL, 
	episode TEXT NOT NULL, 
	CONSTRAINT pk_editions PRIMARY KEY (show, date)
);
INSERT INTO "editions" VALUES('daily','2026-03-02','d','{}','{}');
CREATE TABLE aired (
	show TEXT NOT NULL, 
	date DATE NOT NULL, 
	slug TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	CONSTRAINT pk_aired PRIMARY KEY (show, date, slug), 
	CONSTRAINT fk_aired_show_date_editions FOREIGN KEY(show, date) REFERENCES editions (show, date) ON DELETE CASCADE
);
INSERT INTO "aired" VALUES('daily','2026-03-02','price-change','e');
CREATE TABLE observations (
	id INTEGER NOT NULL, 
	engine TEXT NOT NULL, 
	voice TEXT NOT NULL, 
	permille INTEGER NOT NULL, 
	characters INTEGER NOT NULL, 
	commas INTEGER NOT NULL, 
	stops INTEGER NOT NULL, 
	seconds FLOAT NOT NULL, 
	CONSTRAINT pk_observations PRIMARY KEY (id)
);
INSERT INTO "observations" VALUES(1,'pico','en-US',1000,100,1,1,7.5);
CREATE TABLE subscribers (
	id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	email TEXT NOT NULL, 
	mailbox TEXT NOT NULL, 
	groups TEXT NOT NULL, 
	CONSTRAINT pk_subscribers PRIMARY KEY (id), 
	CONSTRAINT uq_subscribers_mailbox UNIQUE (mailbox)
);
INSERT INTO "subscribers" VALUES('a1','Ada Example','Ada@example.com','ada@example.com','["east", "north"]');
CREATE TABLE subscriptions (
	subscriber TEXT NOT NULL, 
	show TEXT NOT NULL, 
	state TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	grace_until DATETIME, 
	expires DATETIME, 
	CONSTRAINT pk_subscriptions PRIMARY KEY (subscriber, show), 
	CONSTRAINT fk_subscriptions_subscriber_subscribers FOREIGN KEY(subscriber) REFERENCES subscribers (id) ON DELETE CASCADE
);
INSERT INTO "subscriptions" VALUES('a1','daily','active',3,'2026-03-02 09:30:00.000000',NULL);
CREATE TABLE tokens (
	digest TEXT NOT NULL, 
	purpose TEXT NOT NULL, 
	subscriber TEXT NOT NULL, 
	show TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	expires DATETIME, 
	CONSTRAINT pk_tokens PRIMARY KEY (digest), 
	CONSTRAINT fk_tokens_subscriber_show_subscriptions FOREIGN KEY(subscriber, show) REFERENCES subscriptions (subscriber, show) ON DELETE CASCADE
);
INSERT INTO "tokens" VALUES('c0ffee','feed','a1','daily',3,NULL);
CREATE TABLE changes (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	who TEXT NOT NULL, 
	subscriber TEXT NOT NULL, 
	show TEXT NOT NULL, 
	what TEXT NOT NULL, 
	CONSTRAINT pk_changes PRIMARY KEY (id)
);
INSERT INTO "changes" VALUES(1,'2026-03-01 09:30:00.000000','editor','a1','daily','invited');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE INDEX ix_observations_voice ON observations (engine, voice, permille, id);
CREATE UNIQUE INDEX ix_tokens_subscription ON tokens (subscriber, show, purpose, version);
CREATE INDEX ix_changes_subscriber ON changes (subscriber);
COMMIT;
