BEGIN TRANSACTION;
CREATE TABLE fact (
	hash VARCHAR(64) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	row_id TEXT NOT NULL, 
	body TEXT NOT NULL, 
	entry INTEGER NOT NULL, 
	PRIMARY KEY (hash), 
	FOREIGN KEY(entry) REFERENCES log (entry)
);
INSERT INTO "fact" VALUES('d266fca536099eebe7e922608b77c2dfe11a5c09311cd03f8cdcdcef73109d3b','sources','s1','{"id":"s1","lang":"","published":null,"publisher":"","retrieved":null,"title":"","url":"https://example.org/1"}',1);
INSERT INTO "fact" VALUES('c59a2bdef2c4216705e8cc63f1c2450861b230e59a34d1b5cb79f3ce7f25e6dd','people','mun-se-gwang','{"aliases":[],"id":"mun-se-gwang","name":"Mun Se-gwang","native_name":"","note":"","sources":["s1"]}',1);
INSERT INTO "fact" VALUES('189fa6126aed782165b304f22909fc694e8be903d655064f0ce1d851bc5f0156','events','RU-2016-MUN','{"body":"","city":"Lima","company":"","confidence":"medium","conflict":"","counted":true,"country":"Peru","destination":"","episode":"","id":"RU-2016-MUN","kin_left":"","kind":"defection","may_be":[],"motives":[],"n_high":1,"n_low":1,"note":"","outcome":"","person":"mun-se-gwang","reason":"","reported":"2016-04-01","role":"minister","sector":"","sources":["s1"],"status":"asserted","tier":null,"when":"2016-03"}',1);
CREATE TABLE holding (
	id VARCHAR(140) NOT NULL, 
	record VARCHAR(64) NOT NULL, 
	fact VARCHAR(64) NOT NULL, 
	entry INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(record) REFERENCES record (id), 
	FOREIGN KEY(fact) REFERENCES fact (hash), 
	FOREIGN KEY(entry) REFERENCES log (entry)
);
INSERT INTO "holding" VALUES('f79e74934be822429afea50d01e04cb979395b90b03546d13201c9ea3b2e5612:d266fca536099eebe7e922608b77c2dfe11a5c09311cd03f8cdcdcef73109d3b','f79e74934be822429afea50d01e04cb979395b90b03546d13201c9ea3b2e5612','d266fca536099eebe7e922608b77c2dfe11a5c09311cd03f8cdcdcef73109d3b',1);
INSERT INTO "holding" VALUES('f79e74934be822429afea50d01e04cb979395b90b03546d13201c9ea3b2e5612:c59a2bdef2c4216705e8cc63f1c2450861b230e59a34d1b5cb79f3ce7f25e6dd','f79e74934be822429afea50d01e04cb979395b90b03546d13201c9ea3b2e5612','c59a2bdef2c4216705e8cc63f1c2450861b230e59a34d1b5cb79f3ce7f25e6dd',1);
INSERT INTO "holding" VALUES('f79e74934be822429afea50d01e04cb979395b90b03546d13201c9ea3b2e5612:189fa6126aed782165b304f22909fc694e8be903d655064f0ce1d851bc5f0156','f79e74934be822429afea50d01e04cb979395b90b03546d13201c9ea3b2e5612','189fa6126aed782165b304f22909fc694e8be903d655064f0ce1d851bc5f0156',1);
CREATE TABLE judgement (
	id VARCHAR(40) NOT NULL, 
	verdict VARCHAR(20) NOT NULL, 
	about TEXT NOT NULL, 
	"by" TEXT NOT NULL, 
	at VARCHAR(40) NOT NULL, 
	reason TEXT NOT NULL, 
	saw TEXT NOT NULL, 
	entry INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(entry) REFERENCES log (entry)
);
INSERT INTO "judgement" VALUES('ju-ef3a9ffdccf40c66','accept','["st-73c9424b7bd29f27"]','ana','2026-11-26T11:00:00Z','read it','',3);
CREATE TABLE log (
	entry INTEGER NOT NULL, 
	prev VARCHAR(64) NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	at VARCHAR(40) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (entry), 
	UNIQUE (hash)
);
INSERT INTO "log" VALUES(1,'0000000000000000000000000000000000000000000000000000000000000000','4927851f55c968527ca8dfd7836477b57decb85c87705e5b4f3bf6e0dc85ac51','2026-11-26T10:00:00+00:00','record','{"record":"f79e74934be822429afea50d01e04cb979395b90b03546d13201c9ea3b2e5612","regime":"Ruritania","rows":{"fact":{"keys":["189fa6126aed782165b304f22909fc694e8be903d655064f0ce1d851bc5f0156","c59a2bdef2c4216705e8cc63f1c2450861b230e59a34d1b5cb79f3ce7f25e6dd","d266fca536099eebe7e922608b77c2dfe11a5c09311cd03f8cdcdcef73109d3b"],"sha256":"1091ec7592bedf55071c098ef16b32d32f8cb301d4d705ee9f06ffca3432e445"},"holding":{"keys":["f79e74934be822429afea50d01e04cb979395b90b03546d13201c9ea3b2e5612:189fa6126aed782165b304f22909fc694e8be903d655064f0ce1d851bc5f0156","f79e74934be822429afea50d01e04cb979395b90b03546d13201c9ea3b2e5612:c59a2bdef2c4216705e8cc63f1c2450861b230e59a34d1b5cb79f3ce7f25e6dd","f79e74934be822429afea50d01e04cb979395b90b03546d13201c9ea3b2e5612:d266fca536099eebe7e922608b77c2dfe11a5c09311cd03f8cdcdcef73109d3b"],"sha256":"906a39fcec4aad9f519250c9aea3bc0e83b11600fa434b7c4d1baef45382103c"},"record":{"keys":["f79e74934be822429afea50d01e04cb979395b90b03546d13201c9ea3b2e5612"],"sha256":"d69ee3dddb80afea1cc81ef10c68ca7f5b3c0391e170410d3e7fd1e1b0f625ee"}}}');
INSERT INTO "log" VALUES(2,'4927851f55c968527ca8dfd7836477b57decb85c87705e5b4f3bf6e0dc85ac51','29b4f6fe0520bbac56cd55172ebd56f5b366632bf17441a529877ff9381e1bf2','2026-11-26T10:00:01+00:00','reading','{"reports":{"re-285b906039eb3f1c":"7eaf8e46bcb530ede6c4f32037efafff5ee381c9f5ad0ae989d49cfec492f731"},"rows":{"mention":{"keys":["em-65184551e286a1b7","pm-21f68768a0606c16"],"sha256":"402bc977ca7b6a50af2ca252a131ee50df63c5c6ad9b0a67cec158a24872bd71"},"report":{"keys":["6e24d83f19443de532e0f729535f818f6981b58951637df1a2b59b8c289c692e"],"sha256":"22f734dc906b9a5b83eaf1de071fd7670cbd3047f493734473b45df9db0e44e5"},"statement":{"keys":["st-2214772a4f4dc3fc","st-3a2c64581af4baa1","st-422a886d6c206195","st-73c9424b7bd29f27","st-970af5c95a6adcdf"],"sha256":"3c698f08b58f58407e90741d1f4dc979cc59d0cc5a09b4ba8b54b0fef7648d6b"}}}');
INSERT INTO "log" VALUES(3,'29b4f6fe0520bbac56cd55172ebd56f5b366632bf17441a529877ff9381e1bf2','73a0bd662d955d7b62492e97a5b07e2a2c3697fb7fbf445ed2af8acf79116681','2026-11-26T10:00:02+00:00','judgement','{"by":"ana","rows":{"judgement":{"keys":["ju-ef3a9ffdccf40c66"],"sha256":"d5c43305c902ec98d2f108c0463e865489064e93ae98485e1ba9a40304154d71"}}}');
CREATE TABLE mention (
	id VARCHAR(40) NOT NULL, 
	report VARCHAR(40) NOT NULL, 
	kind VARCHAR(10) NOT NULL, 
	label TEXT NOT NULL, 
	country TEXT NOT NULL, 
	entry INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(entry) REFERENCES log (entry)
);
INSERT INTO "mention" VALUES('pm-21f68768a0606c16','re-285b906039eb3f1c','person','Mun Se Gwang','',2);
INSERT INTO "mention" VALUES('em-65184551e286a1b7','re-285b906039eb3f1c','event','departure','ruritania',2);
CREATE TABLE meta (
	"key" VARCHAR(40) NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('schema','1');
CREATE TABLE record (
	id VARCHAR(64) NOT NULL, 
	regime TEXT NOT NULL, 
	code TEXT NOT NULL, 
	start VARCHAR(10) NOT NULL, 
	"end" VARCHAR(10) NOT NULL, 
	as_of VARCHAR(10) NOT NULL, 
	note TEXT NOT NULL, 
	entry INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(entry) REFERENCES log (entry)
);
INSERT INTO "record" VALUES('f79e74934be822429afea50d01e04cb979395b90b03546d13201c9ea3b2e5612','Ruritania','','2010-01-01','2020-12-31','2020-12-31','',1);
CREATE TABLE report (
	hash VARCHAR(64) NOT NULL, 
	id VARCHAR(40) NOT NULL, 
	text TEXT NOT NULL, 
	title TEXT NOT NULL, 
	publisher TEXT NOT NULL, 
	url TEXT NOT NULL, 
	published VARCHAR(10), 
	retrieved VARCHAR(10), 
	lang TEXT NOT NULL, 
	path TEXT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	text_sha256 VARCHAR(64) NOT NULL, 
	entry INTEGER NOT NULL, 
	PRIMARY KEY (hash), 
	FOREIGN KEY(entry) REFERENCES log (entry)
);
INSERT INTO "report" VALUES('6e24d83f19443de532e0f729535f818f6981b58951637df1a2b59b8c289c692e','re-285b906039eb3f1c','Mun Se Gwang, the minister, left Lima in March 2016.','','Evening News','https://example.org/2','2016-04-02',NULL,'','','7eaf8e46bcb530ede6c4f32037efafff5ee381c9f5ad0ae989d49cfec492f731','7eaf8e46bcb530ede6c4f32037efafff5ee381c9f5ad0ae989d49cfec492f731',2);
CREATE TABLE statement (
	id VARCHAR(40) NOT NULL, 
	report VARCHAR(40) NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	predicate TEXT NOT NULL, 
	object TEXT NOT NULL, 
	earliest VARCHAR(10), 
	latest VARCHAR(10), 
	when_text TEXT NOT NULL, 
	status VARCHAR(20) NOT NULL, 
	attributed_to TEXT NOT NULL, 
	coder TEXT NOT NULL, 
	codebook TEXT NOT NULL, 
	numbers TEXT, 
	entry INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(entry) REFERENCES log (entry)
);
INSERT INTO "statement" VALUES('st-2214772a4f4dc3fc','re-285b906039eb3f1c',0,12,'event','departure','person','Mun Se Gwang',NULL,NULL,'','asserted','','rules','1',NULL,2);
INSERT INTO "statement" VALUES('st-73c9424b7bd29f27','re-285b906039eb3f1c',0,12,'person','Mun Se Gwang','name','Mun Se Gwang',NULL,NULL,'','asserted','','rules','1',NULL,2);
INSERT INTO "statement" VALUES('st-970af5c95a6adcdf','re-285b906039eb3f1c',0,12,'event','departure','origin_regime','Ruritania',NULL,NULL,'','asserted','','rules','1',NULL,2);
INSERT INTO "statement" VALUES('st-3a2c64581af4baa1','re-285b906039eb3f1c',0,52,'event','departure','type','defection','2016-03-01','2016-03-31','2016-03','asserted','','rules','1',NULL,2);
INSERT INTO "statement" VALUES('st-422a886d6c206195','re-285b906039eb3f1c',14,26,'event','departure','role','minister',NULL,NULL,'','asserted','','rules','1',NULL,2);
CREATE INDEX ix_report_id ON report (id);
CREATE INDEX ix_report_text_sha256 ON report (text_sha256);
CREATE INDEX ix_report_sha256 ON report (sha256);
CREATE INDEX ix_statement_report ON statement (report);
CREATE INDEX ix_mention_country ON mention (country);
CREATE INDEX ix_mention_report ON mention (report);
CREATE INDEX ix_record_regime ON record (regime);
CREATE INDEX ix_fact_row_id ON fact (row_id);
CREATE INDEX ix_holding_record ON holding (record);
CREATE TRIGGER log_no_UPDATE BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, 'rows of log are never changed or deleted'); END;
CREATE TRIGGER log_no_DELETE BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, 'rows of log are never changed or deleted'); END;
CREATE TRIGGER report_no_UPDATE BEFORE UPDATE ON report
BEGIN SELECT RAISE(ABORT, 'rows of report are never changed or deleted'); END;
CREATE TRIGGER report_no_DELETE BEFORE DELETE ON report
BEGIN SELECT RAISE(ABORT, 'rows of report are never changed or deleted'); END;
CREATE TRIGGER statement_no_UPDATE BEFORE UPDATE ON statement
BEGIN SELECT RAISE(ABORT, 'rows of statement are never changed or deleted'); END;
CREATE TRIGGER statement_no_DELETE BEFORE DELETE ON statement
BEGIN SELECT RAISE(ABORT, 'rows of statement are never changed or deleted'); END;
CREATE TRIGGER mention_no_UPDATE BEFORE UPDATE ON mention
BEGIN SELECT RAISE(ABORT, 'rows of mention are never changed or deleted'); END;
CREATE TRIGGER mention_no_DELETE BEFORE DELETE ON mention
BEGIN SELECT RAISE(ABORT, 'rows of mention are never changed or deleted'); END;
CREATE TRIGGER record_no_UPDATE BEFORE UPDATE ON record
BEGIN SELECT RAISE(ABORT, 'rows of record are never changed or deleted'); END;
CREATE TRIGGER record_no_DELETE BEFORE DELETE ON record
BEGIN SELECT RAISE(ABORT, 'rows of record are never changed or deleted'); END;
CREATE TRIGGER fact_no_UPDATE BEFORE UPDATE ON fact
BEGIN SELECT RAISE(ABORT, 'rows of fact are never changed or deleted'); END;
CREATE TRIGGER fact_no_DELETE BEFORE DELETE ON fact
BEGIN SELECT RAISE(ABORT, 'rows of fact are never changed or deleted'); END;
CREATE TRIGGER holding_no_UPDATE BEFORE UPDATE ON holding
BEGIN SELECT RAISE(ABORT, 'rows of holding are never changed or deleted'); END;
CREATE TRIGGER holding_no_DELETE BEFORE DELETE ON holding
BEGIN SELECT RAISE(ABORT, 'rows of holding are never changed or deleted'); END;
CREATE TRIGGER judgement_no_UPDATE BEFORE UPDATE ON judgement
BEGIN SELECT RAISE(ABORT, 'rows of judgement are never changed or deleted'); END;
CREATE TRIGGER judgement_no_DELETE BEFORE DELETE ON judgement
BEGIN SELECT RAISE(ABORT, 'rows of judgement are never changed or deleted'); END;
COMMIT;
