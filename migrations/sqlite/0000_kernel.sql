CREATE TABLE `alerts` (
	`key` text PRIMARY KEY NOT NULL,
	`incident` text NOT NULL,
	`count` integer NOT NULL,
	`first_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	`resolved` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `alerts_incident` ON `alerts` (`incident`);--> statement-breakpoint
CREATE TABLE `counters` (
	`name` text PRIMARY KEY NOT NULL,
	`value` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `effects` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`lane` text NOT NULL,
	`priority` integer NOT NULL,
	`due` integer NOT NULL,
	`ready_at` integer NOT NULL,
	`attempts` integer NOT NULL,
	`token` text,
	`coalesce` text,
	`created_at` integer NOT NULL,
	`body` text NOT NULL,
	`state` text NOT NULL,
	`error` text,
	`died_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `effects_id` ON `effects` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `effects_coalesce` ON `effects` (`coalesce`);--> statement-breakpoint
CREATE INDEX `effects_by_priority` ON `effects` (`priority`,`ready_at`,`seq`) WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX `effects_by_time` ON `effects` (`ready_at`) WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX `effects_lane` ON `effects` (`lane`,`seq`) WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX `effects_dead` ON `effects` (`seq`) WHERE state = 'dead';--> statement-breakpoint
CREATE TABLE `events` (
	`stream` text NOT NULL,
	`sequence` integer NOT NULL,
	`type` text NOT NULL,
	`happened_at` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`actor` text NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`stream`, `sequence`)
);
--> statement-breakpoint
CREATE INDEX `events_type` ON `events` (`type`,`recorded_at`);--> statement-breakpoint
CREATE TABLE `imported_records` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`severity` text,
	`service` text,
	`kind` text NOT NULL,
	`outcome` text NOT NULL,
	`is_private` integer NOT NULL,
	`impact_start` integer,
	`detected` integer,
	`declared` integer,
	`acked` integer,
	`paged` integer,
	`mitigated` integer,
	`resolved` integer
);
--> statement-breakpoint
CREATE TABLE `inbound` (
	`source` text NOT NULL,
	`id` text NOT NULL,
	`verdict` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`source`, `id`)
);
--> statement-breakpoint
CREATE INDEX `inbound_at` ON `inbound` (`at`);--> statement-breakpoint
CREATE TABLE `incidents` (
	`id` text PRIMARY KEY NOT NULL,
	`number` integer NOT NULL,
	`status` text NOT NULL,
	`is_open` integer NOT NULL,
	`kind` text NOT NULL,
	`severity` text NOT NULL,
	`service` text,
	`title` text NOT NULL,
	`is_private` integer NOT NULL,
	`outcome` text NOT NULL,
	`channel` text,
	`opened_at` integer NOT NULL,
	`ended_at` integer,
	`has_postmortem` integer NOT NULL,
	`impact_start` integer,
	`detected` integer,
	`declared` integer,
	`acked` integer,
	`paged` integer,
	`mitigated` integer,
	`resolved` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `incidents_number` ON `incidents` (`number`);--> statement-breakpoint
CREATE INDEX `incidents_open` ON `incidents` (`number`) WHERE is_open;--> statement-breakpoint
CREATE INDEX `incidents_channel` ON `incidents` (`channel`);--> statement-breakpoint
CREATE INDEX `incidents_ended` ON `incidents` (`ended_at`);--> statement-breakpoint
CREATE TABLE `open_groups` (
	`key` text PRIMARY KEY NOT NULL,
	`incident` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `set_aside` (
	`source` text NOT NULL,
	`id` text NOT NULL,
	`reason` text NOT NULL,
	`body` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`source`, `id`)
);
--> statement-breakpoint
CREATE TABLE `streams` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`version` integer NOT NULL,
	`format` integer NOT NULL,
	`snapshot` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `streams_facts` ON `streams` (`kind`,`version`) WHERE kind <> 'incident';--> statement-breakpoint
CREATE TABLE `texts` (
	`id` text PRIMARY KEY NOT NULL,
	`incident` text NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `texts_incident` ON `texts` (`incident`);