CREATE TABLE "alerts" (
	"key" text PRIMARY KEY NOT NULL,
	"incident" text NOT NULL,
	"count" integer NOT NULL,
	"first_at" timestamp (3) with time zone NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	"resolved" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "counters" (
	"name" text PRIMARY KEY NOT NULL,
	"value" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "effects" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"lane" text NOT NULL,
	"priority" integer NOT NULL,
	"due" timestamp (3) with time zone NOT NULL,
	"ready_at" timestamp (3) with time zone NOT NULL,
	"attempts" integer NOT NULL,
	"token" text,
	"coalesce" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"body" json NOT NULL,
	"state" text NOT NULL,
	"error" text,
	"died_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "events" (
	"stream" text NOT NULL,
	"sequence" integer NOT NULL,
	"type" text NOT NULL,
	"happened_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"actor" json NOT NULL,
	"body" json NOT NULL,
	CONSTRAINT "events_pk" PRIMARY KEY("stream","sequence")
);
--> statement-breakpoint
CREATE TABLE "imported_records" (
	"id" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"severity" text,
	"service" text,
	"kind" text NOT NULL,
	"outcome" text NOT NULL,
	"is_private" boolean NOT NULL,
	"impact_start" timestamp (3) with time zone,
	"detected" timestamp (3) with time zone,
	"declared" timestamp (3) with time zone,
	"acked" timestamp (3) with time zone,
	"paged" timestamp (3) with time zone,
	"mitigated" timestamp (3) with time zone,
	"resolved" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "inbound" (
	"source" text NOT NULL,
	"id" text NOT NULL,
	"verdict" json NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "inbound_pk" PRIMARY KEY("source","id")
);
--> statement-breakpoint
CREATE TABLE "incidents" (
	"id" text PRIMARY KEY NOT NULL,
	"number" integer NOT NULL,
	"status" text NOT NULL,
	"is_open" boolean NOT NULL,
	"kind" text NOT NULL,
	"severity" text NOT NULL,
	"service" text,
	"title" text NOT NULL,
	"is_private" boolean NOT NULL,
	"outcome" text NOT NULL,
	"channel" text,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"has_postmortem" boolean NOT NULL,
	"impact_start" timestamp (3) with time zone,
	"detected" timestamp (3) with time zone,
	"declared" timestamp (3) with time zone,
	"acked" timestamp (3) with time zone,
	"paged" timestamp (3) with time zone,
	"mitigated" timestamp (3) with time zone,
	"resolved" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "open_groups" (
	"key" text PRIMARY KEY NOT NULL,
	"incident" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "set_aside" (
	"source" text NOT NULL,
	"id" text NOT NULL,
	"reason" text NOT NULL,
	"body" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "set_aside_pk" PRIMARY KEY("source","id")
);
--> statement-breakpoint
CREATE TABLE "streams" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"version" integer NOT NULL,
	"format" integer NOT NULL,
	"snapshot" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "texts" (
	"id" text PRIMARY KEY NOT NULL,
	"incident" text NOT NULL,
	"body" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "alerts_incident" ON "alerts" USING btree ("incident");--> statement-breakpoint
CREATE UNIQUE INDEX "effects_id" ON "effects" USING btree ("id");--> statement-breakpoint
CREATE UNIQUE INDEX "effects_coalesce" ON "effects" USING btree ("coalesce");--> statement-breakpoint
CREATE INDEX "effects_by_priority" ON "effects" USING btree ("priority","ready_at","seq") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "effects_by_time" ON "effects" USING btree ("ready_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "effects_lane" ON "effects" USING btree ("lane","seq") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "effects_dead" ON "effects" USING btree ("seq") WHERE state = 'dead';--> statement-breakpoint
CREATE INDEX "events_type" ON "events" USING btree ("type","recorded_at");--> statement-breakpoint
CREATE INDEX "inbound_at" ON "inbound" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "incidents_number" ON "incidents" USING btree ("number");--> statement-breakpoint
CREATE INDEX "incidents_open" ON "incidents" USING btree ("number") WHERE is_open;--> statement-breakpoint
CREATE INDEX "incidents_channel" ON "incidents" USING btree ("channel");--> statement-breakpoint
CREATE INDEX "incidents_ended" ON "incidents" USING btree ("ended_at");--> statement-breakpoint
CREATE INDEX "streams_facts" ON "streams" USING btree ("kind","version") WHERE kind <> 'incident';--> statement-breakpoint
CREATE INDEX "texts_incident" ON "texts" USING btree ("incident");