CREATE TABLE "calendar_feeds" (
	"id" text PRIMARY KEY NOT NULL,
	"person" text NOT NULL,
	"sealed" text NOT NULL,
	"memory" text
);
--> statement-breakpoint
CREATE TABLE "access_log" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"person" text NOT NULL,
	"by" text NOT NULL,
	"what" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "person_keys" (
	"person" text PRIMARY KEY NOT NULL,
	"salt" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reasons" (
	"window" text PRIMARY KEY NOT NULL,
	"person" text NOT NULL,
	"sealed" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "personal_rules" (
	"id" text PRIMARY KEY NOT NULL,
	"person" text NOT NULL,
	"sealed" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "calendar_feeds_person" ON "calendar_feeds" USING btree ("person");--> statement-breakpoint
CREATE INDEX "access_log_person" ON "access_log" USING btree ("person","at");--> statement-breakpoint
CREATE INDEX "reasons_person" ON "reasons" USING btree ("person");--> statement-breakpoint
CREATE INDEX "personal_rules_person" ON "personal_rules" USING btree ("person");