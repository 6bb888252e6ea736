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
CREATE TABLE filed (
	number INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	origin VARCHAR(64) NOT NULL, 
	kind VARCHAR(10) NOT NULL, 
	names TEXT NOT NULL, 
	low INTEGER, 
	high INTEGER, 
	body TEXT NOT NULL, 
	PRIMARY KEY (number)
);
INSERT INTO "filed" VALUES(1,'re-285b906039eb3f1c','re-285b906039eb3f1c','page','',NULL,NULL,'');
INSERT INTO "filed" VALUES(2,'pm-21f68768a0606c16','re-285b906039eb3f1c','person','Mun Se Gwang',NULL,NULL,'');
INSERT INTO "filed" VALUES(3,'em-65184551e286a1b7','re-285b906039eb3f1c','event','',16861,16891,'');
INSERT INTO "filed" VALUES(4,'re-829dc5293bbdf39f','re-829dc5293bbdf39f','page','',NULL,NULL,'');
INSERT INTO "filed" VALUES(5,'pm-d297f885ce905a26','re-829dc5293bbdf39f','person','Mun Se Gwang',NULL,NULL,'');
INSERT INTO "filed" VALUES(6,'pm-0bf41541c996e2d9','re-829dc5293bbdf39f','person','erased-7812eea8',NULL,NULL,'');
INSERT INTO "filed" VALUES(7,'em-e3c512174acfdabf','re-829dc5293bbdf39f','event','',NULL,NULL,'');
INSERT INTO "filed" VALUES(8,'mun-se-gwang','f79e74934be822429afea50d01e04cb979395b90b03546d13201c9ea3b2e5612','person','Mun Se-gwang',NULL,NULL,'{"id":"mun-se-gwang","kin":[],"label":"Mun Se-gwang","near":[],"of_record":true,"origin":"f79e74934be822429afea50d01e04cb979395b90b03546d13201c9ea3b2e5612","posts":[{"organisation":"","place":"Lima, Peru","regime":"Ruritania","role":"minister"}],"printed":"2016-04-01","regime":"Ruritania","spellings":["Mun Se-gwang"],"tellings":["RU-2016-MUN"],"well_known":false}');
INSERT INTO "filed" VALUES(9,'RU-2016-MUN','f79e74934be822429afea50d01e04cb979395b90b03546d13201c9ea3b2e5612','event','',16861,16891,'{"destination":"","id":"RU-2016-MUN","kind":"defection","label":"minister","n_low":1,"named":true,"of_record":true,"origin":"f79e74934be822429afea50d01e04cb979395b90b03546d13201c9ea3b2e5612","person":"mun-se-gwang","post":{"organisation":"","place":"Lima, Peru","regime":"Ruritania","role":"minister"},"printed":"2016-04-01","status":"asserted","when":"2016-03"}');
CREATE TABLE filed_under (
	"key" BIGINT NOT NULL, 
	number INTEGER NOT NULL, 
	PRIMARY KEY ("key", number)
)
 WITHOUT ROWID

;
INSERT INTO "filed_under" VALUES(-9060817159187273966,2);
INSERT INTO "filed_under" VALUES(-9060817159187273966,5);
INSERT INTO "filed_under" VALUES(-9060817159187273966,8);
INSERT INTO "filed_under" VALUES(-8316703604632822060,2);
INSERT INTO "filed_under" VALUES(-8316703604632822060,5);
INSERT INTO "filed_under" VALUES(-8316703604632822060,8);
INSERT INTO "filed_under" VALUES(-8246760473744498009,6);
INSERT INTO "filed_under" VALUES(-7569037058934480541,2);
INSERT INTO "filed_under" VALUES(-7569037058934480541,5);
INSERT INTO "filed_under" VALUES(-7569037058934480541,8);
INSERT INTO "filed_under" VALUES(-7295953863484794642,2);
INSERT INTO "filed_under" VALUES(-7295953863484794642,5);
INSERT INTO "filed_under" VALUES(-7295953863484794642,8);
INSERT INTO "filed_under" VALUES(-7106498539220094078,2);
INSERT INTO "filed_under" VALUES(-7106498539220094078,5);
INSERT INTO "filed_under" VALUES(-7106498539220094078,8);
INSERT INTO "filed_under" VALUES(-6991431432974211916,2);
INSERT INTO "filed_under" VALUES(-6991431432974211916,5);
INSERT INTO "filed_under" VALUES(-6991431432974211916,8);
INSERT INTO "filed_under" VALUES(-6350353967538206269,2);
INSERT INTO "filed_under" VALUES(-6350353967538206269,5);
INSERT INTO "filed_under" VALUES(-6350353967538206269,8);
INSERT INTO "filed_under" VALUES(-6155893505654078228,1);
INSERT INTO "filed_under" VALUES(-6155893505654078228,4);
INSERT INTO "filed_under" VALUES(-4983052927729010366,2);
INSERT INTO "filed_under" VALUES(-4983052927729010366,5);
INSERT INTO "filed_under" VALUES(-4983052927729010366,8);
INSERT INTO "filed_under" VALUES(-4975705602434095342,2);
INSERT INTO "filed_under" VALUES(-4975705602434095342,5);
INSERT INTO "filed_under" VALUES(-4975705602434095342,8);
INSERT INTO "filed_under" VALUES(-4731578014124329205,2);
INSERT INTO "filed_under" VALUES(-4731578014124329205,5);
INSERT INTO "filed_under" VALUES(-4731578014124329205,8);
INSERT INTO "filed_under" VALUES(-4388065217915806593,2);
INSERT INTO "filed_under" VALUES(-4388065217915806593,5);
INSERT INTO "filed_under" VALUES(-4388065217915806593,8);
INSERT INTO "filed_under" VALUES(-3519934758148701419,7);
INSERT INTO "filed_under" VALUES(-3519934758148701419,9);
INSERT INTO "filed_under" VALUES(-3283223446055336122,7);
INSERT INTO "filed_under" VALUES(-3283223446055336122,9);
INSERT INTO "filed_under" VALUES(-2598677318063630703,6);
INSERT INTO "filed_under" VALUES(-2543447114612012637,2);
INSERT INTO "filed_under" VALUES(-2543447114612012637,5);
INSERT INTO "filed_under" VALUES(-2543447114612012637,8);
INSERT INTO "filed_under" VALUES(-2266095203793206639,2);
INSERT INTO "filed_under" VALUES(-2266095203793206639,5);
INSERT INTO "filed_under" VALUES(-2266095203793206639,8);
INSERT INTO "filed_under" VALUES(-2199737215910598018,2);
INSERT INTO "filed_under" VALUES(-2199737215910598018,5);
INSERT INTO "filed_under" VALUES(-2199737215910598018,8);
INSERT INTO "filed_under" VALUES(-1776369717082386029,6);
INSERT INTO "filed_under" VALUES(-1028136790231240738,7);
INSERT INTO "filed_under" VALUES(-1028136790231240738,9);
INSERT INTO "filed_under" VALUES(-46969883225073519,2);
INSERT INTO "filed_under" VALUES(-46969883225073519,5);
INSERT INTO "filed_under" VALUES(-46969883225073519,8);
INSERT INTO "filed_under" VALUES(734541882181659564,2);
INSERT INTO "filed_under" VALUES(734541882181659564,5);
INSERT INTO "filed_under" VALUES(734541882181659564,8);
INSERT INTO "filed_under" VALUES(769830504300562190,2);
INSERT INTO "filed_under" VALUES(769830504300562190,5);
INSERT INTO "filed_under" VALUES(769830504300562190,8);
INSERT INTO "filed_under" VALUES(1011422974707908387,2);
INSERT INTO "filed_under" VALUES(1011422974707908387,5);
INSERT INTO "filed_under" VALUES(1011422974707908387,8);
INSERT INTO "filed_under" VALUES(2190730985723382048,2);
INSERT INTO "filed_under" VALUES(2190730985723382048,5);
INSERT INTO "filed_under" VALUES(2190730985723382048,8);
INSERT INTO "filed_under" VALUES(2485112713551807537,2);
INSERT INTO "filed_under" VALUES(2485112713551807537,5);
INSERT INTO "filed_under" VALUES(2485112713551807537,8);
INSERT INTO "filed_under" VALUES(2804486764972116500,2);
INSERT INTO "filed_under" VALUES(2804486764972116500,5);
INSERT INTO "filed_under" VALUES(2804486764972116500,8);
INSERT INTO "filed_under" VALUES(2989690237437636074,2);
INSERT INTO "filed_under" VALUES(2989690237437636074,5);
INSERT INTO "filed_under" VALUES(2989690237437636074,8);
INSERT INTO "filed_under" VALUES(4114196654074956415,2);
INSERT INTO "filed_under" VALUES(4114196654074956415,5);
INSERT INTO "filed_under" VALUES(4114196654074956415,8);
INSERT INTO "filed_under" VALUES(4469728412238614740,2);
INSERT INTO "filed_under" VALUES(4469728412238614740,5);
INSERT INTO "filed_under" VALUES(4469728412238614740,8);
INSERT INTO "filed_under" VALUES(4638666651945362395,2);
INSERT INTO "filed_under" VALUES(4638666651945362395,5);
INSERT INTO "filed_under" VALUES(4638666651945362395,8);
INSERT INTO "filed_under" VALUES(4675169488519559762,2);
INSERT INTO "filed_under" VALUES(4675169488519559762,5);
INSERT INTO "filed_under" VALUES(4675169488519559762,8);
INSERT INTO "filed_under" VALUES(5434754448045352879,2);
INSERT INTO "filed_under" VALUES(5434754448045352879,5);
INSERT INTO "filed_under" VALUES(5434754448045352879,8);
INSERT INTO "filed_under" VALUES(5903978419321118332,2);
INSERT INTO "filed_under" VALUES(5903978419321118332,5);
INSERT INTO "filed_under" VALUES(5903978419321118332,8);
INSERT INTO "filed_under" VALUES(6559977105301932534,2);
INSERT INTO "filed_under" VALUES(6559977105301932534,5);
INSERT INTO "filed_under" VALUES(6559977105301932534,8);
INSERT INTO "filed_under" VALUES(6731683745051955485,2);
INSERT INTO "filed_under" VALUES(6731683745051955485,5);
INSERT INTO "filed_under" VALUES(6731683745051955485,8);
INSERT INTO "filed_under" VALUES(8820088703599175106,2);
INSERT INTO "filed_under" VALUES(8820088703599175106,5);
INSERT INTO "filed_under" VALUES(8820088703599175106,8);
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
INSERT INTO "judgement" VALUES('ju-f32fed55ae5680e3','accept','["st-dcf3ee83d638009d"]','ana','2026-11-20T00:00:00+00:00','seen','',6);
INSERT INTO "judgement" VALUES('ju-d8f8022c9f637348','seal','["RU-2016-MUN#city"]','ana','2026-11-20T00:00:01+00:00','kin','',7);
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
INSERT INTO "log" VALUES(4,'73a0bd662d955d7b62492e97a5b07e2a2c3697fb7fbf445ed2af8acf79116681','5ab8cadc179559c0ff240907360a4d1c6379b033380f7738523e838eae6dfdab','2026-11-20T00:00:00+00:00','migration','{"from":1,"to":2}');
INSERT INTO "log" VALUES(5,'5ab8cadc179559c0ff240907360a4d1c6379b033380f7738523e838eae6dfdab','1d49258304a5ed9f68888c4dfdbe25fc3cf85d2a43cd4f523422702ae1c8842d','2026-11-20T00:00:01+00:00','reading','{"reports":{"re-829dc5293bbdf39f":"42f66f1059bbab82aba305761ec65dc7b8b1785139dd1509edd32b34c677798d"},"rows":{"mention":{"keys":["em-e3c512174acfdabf","pm-450d6a5ca734cf9f","pm-d297f885ce905a26"],"sha256":"49dc9417691a8f926b3407c08ba99cee0a6a64a32a06abc246150029c0f7208f"},"report":{"keys":["971cb677a17e676afd7a1e1af255c6fc2bd17d9c35bda83b67e7042e8f04fcc3"],"sha256":"e36056560dd341a4d02a8ec4bf04b41cdad80f0f40ec3d668ddca3d5ef2fea37"},"statement":{"keys":["st-2b1f8488c6035203","st-672c44a73e164f79","st-b39807eda1a9d614","st-bb53a402cd5b0e8e","st-d48d8f244439850e","st-dcf3ee83d638009d"],"sha256":"c465274c3f2b1863a38f19f5397f7ae4c8f2f482dbe26a046b7602451b66910a"}}}');
INSERT INTO "log" VALUES(6,'1d49258304a5ed9f68888c4dfdbe25fc3cf85d2a43cd4f523422702ae1c8842d','fc74145ecd35853f856ce3b9bf8196c7f1e534ebdabcc75a9edc471fda8899af','2026-11-20T00:00:02+00:00','judgement','{"by":"ana","rows":{"judgement":{"keys":["ju-f32fed55ae5680e3"],"sha256":"48a60d6787989b4b03b40e6f58e6387ada35adcb14788622074ae8bf1e79ec06"}}}');
INSERT INTO "log" VALUES(7,'fc74145ecd35853f856ce3b9bf8196c7f1e534ebdabcc75a9edc471fda8899af','022464e6789791a8dc20946e4fa1524d6fcce4c8cc6849ce8cac236e2cea9dab','2026-11-20T00:00:03+00:00','judgement','{"by":"ana","rows":{"judgement":{"keys":["ju-d8f8022c9f637348"],"sha256":"10e8e5a00cb420f7f443d89d25e1cb43bdffff247ce3089f6250c73425d6585a"}}}');
INSERT INTO "log" VALUES(8,'022464e6789791a8dc20946e4fa1524d6fcce4c8cc6849ce8cac236e2cea9dab','4810f538134c63b10160fd981c1430d91b90f29d8a54e361741816a766321660','2026-11-20T00:00:04+00:00','erasure','{"after":{"mention":{"5":{"em-e3c512174acfdabf":"b21018120796bd74fd6c4822da9ce5f8fc3a0ac54f40a609720bce98a47a4928","pm-450d6a5ca734cf9f":"021380dfd80df71046a08c990c86177227d664c0b265bdb9b63008582ff7dbc7","pm-d297f885ce905a26":"0b6b1798a6420471faa5992b3cc1bb00be1600d954195f7bdb7697fe5289e66a"}},"report":{"5":{"971cb677a17e676afd7a1e1af255c6fc2bd17d9c35bda83b67e7042e8f04fcc3":"35bffafc52a3aaa40c3a6dba27e09414dc8f08abb68a9ffbf81aaaa6f872a214"}},"statement":{"5":{"st-2b1f8488c6035203":"c936099191c3d1ea5265d7c4acf11c7a0874c97e23676608abf0f4119e062bb2","st-672c44a73e164f79":"f3d56ae4076c61fb5d1a1e6d0d520321257dc9ed4ed5755ea13919b874f32c4c","st-b39807eda1a9d614":"7690818ea7b84f5ea816aa47c919540dedd0d57b61a866a69ddfc049ed421fb5","st-bb53a402cd5b0e8e":"512076b36811639fec96d788196128b4ecf5a3c609c44ebf07ebdba89d3ffff9","st-d48d8f244439850e":"78f934c3749135f79ef0f370f865e9fa2150311a9a3b26f6afcd8b8fe07170c4","st-dcf3ee83d638009d":"d452f423b6d82c47aa6ad952b64db34b3764ba15863cd1a900b2ab96487c2f1f"}}},"by":"ana","erased":{"mention":{"pm-450d6a5ca734cf9f":"5736c07d9e68f544ab28c960a346ac2007bf46fccd81b48b042c9a752db4f4aa"},"report":{"971cb677a17e676afd7a1e1af255c6fc2bd17d9c35bda83b67e7042e8f04fcc3":"df315b7bc29e08226aecaa93760d266f8c9fd8e1ae9a68d78d460e905ea91083"},"statement":{"st-bb53a402cd5b0e8e":"8a7493ec46e1a7071952508f09b646fb97f8d249893544a876a7f32f09979e6b"}},"reason":"asked for"}');
INSERT INTO "log" VALUES(9,'4810f538134c63b10160fd981c1430d91b90f29d8a54e361741816a766321660','d6d86e85284e4e142a23e35e7a0cf49be42bc92e5f74c7e4671c494d38d45ff0','2026-11-26T21:55:40.207129+00:00','migration','{"from":2,"to":3}');
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
INSERT INTO "mention" VALUES('pm-d297f885ce905a26','re-829dc5293bbdf39f','person','Mun Se Gwang','',5);
INSERT INTO "mention" VALUES('pm-450d6a5ca734cf9f','re-829dc5293bbdf39f','person','erased-7812eea8','',5);
INSERT INTO "mention" VALUES('em-e3c512174acfdabf','re-829dc5293bbdf39f','event','left','ruritania',5);
CREATE TABLE meta (
	"key" VARCHAR(40) NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('schema','3');
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
INSERT INTO "report" VALUES('971cb677a17e676afd7a1e1af255c6fc2bd17d9c35bda83b67e7042e8f04fcc3','re-829dc5293bbdf39f','Ruritanian consul Mun Se Gwang has left Lima; c████████████████████stayed.','','','https://example.org/2','2016-04-02',NULL,'','','42f66f1059bbab82aba305761ec65dc7b8b1785139dd1509edd32b34c677798d','42f66f1059bbab82aba305761ec65dc7b8b1785139dd1509edd32b34c677798d',5);
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
INSERT INTO "statement" VALUES('st-2b1f8488c6035203','re-829dc5293bbdf39f',0,40,'person','Mun Se Gwang','name','Mun Se Gwang',NULL,NULL,'','asserted','','rules','1',NULL,5);
INSERT INTO "statement" VALUES('st-672c44a73e164f79','re-829dc5293bbdf39f',0,40,'event','left','type','defection',NULL,NULL,'','asserted','','rules','1',NULL,5);
INSERT INTO "statement" VALUES('st-b39807eda1a9d614','re-829dc5293bbdf39f',0,40,'event','left','origin_regime','Ruritania',NULL,NULL,'','asserted','','rules','1',NULL,5);
INSERT INTO "statement" VALUES('st-d48d8f244439850e','re-829dc5293bbdf39f',0,40,'event','left','person','Mun Se Gwang',NULL,NULL,'','asserted','','rules','1',NULL,5);
INSERT INTO "statement" VALUES('st-dcf3ee83d638009d','re-829dc5293bbdf39f',0,40,'event','left','post_place','Lima',NULL,NULL,'','asserted','','rules','1',NULL,5);
INSERT INTO "statement" VALUES('st-bb53a402cd5b0e8e','re-829dc5293bbdf39f',47,67,'person','erased-7812eea8','name','erased-7812eea8',NULL,NULL,'','asserted','','rules','1',NULL,5);
CREATE INDEX ix_report_id ON report (id);
CREATE INDEX ix_report_text_sha256 ON report (text_sha256);
CREATE INDEX ix_report_sha256 ON report (sha256);
CREATE INDEX ix_statement_report ON statement (report);
CREATE INDEX ix_mention_country ON mention (country);
CREATE INDEX ix_mention_report ON mention (report);
CREATE INDEX ix_record_regime ON record (regime);
CREATE INDEX ix_fact_row_id ON fact (row_id);
CREATE INDEX ix_holding_record ON holding (record);
CREATE INDEX ix_log_kind ON log (kind);
CREATE INDEX ix_report_url ON report (url);
CREATE TRIGGER log_no_UPDATE BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, 'rows of log are never changed or deleted'); END;
CREATE TRIGGER log_no_DELETE BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, 'rows of log are never changed or deleted'); END;
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
CREATE INDEX ix_filed_id ON filed (id);
CREATE INDEX ix_filed_origin ON filed (origin);
COMMIT;
