import { listed, type DoctorWords } from './doctor-facts.ts';
import { isolated } from './figures.ts';

export const doctorHebrew: DoctorWords = {
  checks: {
    settings: 'הגדרות',
    database: 'מסד נתונים',
    privacy: 'פרטיות',
    catalog: 'קטלוג',
    clock: 'שעון',
    slack: 'Slack',
    manifest: 'מניפסט',
    pagerduty: 'PagerDuty',
  },
  levels: { ok: 'תקין', warn: 'אזהרה', fail: 'תקלה' },
  summary: (failures, warnings) =>
    failures + warnings === 0
      ? 'הכול תקין.'
      : `${count(failures, 'תקלה אחת', 'תקלות')}, ${count(warnings, 'אזהרה אחת', 'אזהרות')}.`,
  findings: {
    settings_bad: ({ problem }) => ({ text: problem, fix: 'יש לתקן במשתני הסביבה; ‎.env.example מציג כל אחד מהם.' }),
    settings_fine: () => ({ text: 'ההגדרות נקראו' }),
    slack_not_set: () => ({
      text: 'Slack אינו מוגדר, ובלעדיו תורן אינו עולה',
      fix: 'יש ליצור את האפליקציה מתוך manifest.yml ולהגדיר SLACK_BOT_TOKEN, יחד עם SLACK_APP_TOKEN או SLACK_SIGNING_SECRET.',
    }),
    phones_silent: () => ({
      text: 'שום טלפון לא מצלצל: הזעקות יוצאות כהודעות Slack בלבד',
      fix: 'יש להגדיר PAGERDUTY_API_TOKEN, או TORAN_PAGE_WEBHOOK לשער אחר.',
    }),
    catalog_file_bad: ({ problem }) => ({
      text: problem,
      fix: 'יש לתקן את הקובץ; toran apply --check אומר אותו הדבר.',
    }),
    timed_out: ({ seconds }) => ({
      text: `אין תוצאה תוך ${seconds} שניות`,
      fix: 'יש לבדוק את הרשת בין המכונה הזו לצד השני ולהריץ שוב.',
    }),
    check_failed: ({ problem }) => ({
      text: `הבדיקה לא הושלמה (${isolated(problem, 'he')})`,
      fix: 'יש להריץ שוב; ביומן יש פרטים.',
    }),
    database_down: ({ problem }) => ({ text: problem, fix: 'יש לבדוק את DATABASE_URL, ושמסד הנתונים פועל.' }),
    database_fine: ({ dialect, tookMs }) => ({
      text: `${isolated(dialect, 'he')} מעודכן לגרסה הזו; כתיבה וקריאה חוזרת ארכו ${tookMs} אלפיות שנייה`,
    }),
    dead_letters: ({ count: dead, newest }) => ({
      text: `${count(dead, 'פעולה אחת ננטשה ולא בוצעה', 'פעולות ננטשו ולא בוצעו')}; האחרונה: ${isolated(newest, 'he')}`,
      fix: 'יש להסיר את הסיבה; ביומן כל אחת מופיעה כ־"effect given up".',
    }),
    set_aside: ({ count: kept }) => ({
      text: count(kept, 'הודעה אחת מבחוץ לא הייתה שמישה ונשמרה בצד', 'הודעות מבחוץ לא היו שמישות ונשמרו בצד'),
      fix: 'ביומן כל אחת מופיעה כ־"set aside", עם הסיבה.',
    }),
    private_off: () => ({
      text: 'נתונים פרטיים כבויים: סיבות, כללים אישיים ויומנים אינם נשמרים; TORAN_SECRET מפעיל אותם (‎openssl rand -base64 32)',
    }),
    private_nowhere: () => ({
      text: 'נתונים פרטיים כבויים: ב־PostgreSQL דרושה להם כתובת עם תפקיד נפרד',
      fix: 'יש להגדיר TORAN_PRIVATE_DATABASE_URL; ארבע השורות נמצאות ב־docs/privacy.md.',
    }),
    private_down: ({ problem }) => ({
      text: `${isolated(problem, 'he')}. ההזעקות אינן תלויות בזה; סיבות, כללים אישיים ויומנים כן`,
      fix: 'יש לבדוק את TORAN_PRIVATE_DATABASE_URL, ושהתפקיד רשאי ליצור סכמה במסד הנתונים שלו.',
    }),
    private_readable: () => ({
      text: 'התפקיד של ההזעקות יכול לקרוא את מה שפרטי',
      fix: 'יש לתת ל־TORAN_PRIVATE_DATABASE_URL תפקיד נפרד, ולתפקיד של DATABASE_URL שום הרשאה על toran_private.',
    }),
    private_shut: ({ count: rows }) => ({
      text: count(
        rows,
        'רשומה חתומה אחת לא נפתחת באף סוד של TORAN_SECRET',
        'רשומות חתומות לא נפתחות באף סוד של TORAN_SECRET',
      ),
      fix: 'יש להוסיף את הסוד שחתם אותן אחרי הנוכחי: new,old.',
    }),
    private_outdated: ({ count: rows }) => ({
      text: count(rows, 'רשומה אחת עדיין חתומה בסוד ישן', 'רשומות עדיין חתומות בסוד ישן'),
      fix: 'יש להשאיר את הסוד הישן ב־TORAN_SECRET: השרת חותם הכול מחדש בכל לילה.',
    }),
    private_fine: ({ dialect }) => ({
      text: `נתונים פרטיים פועלים, חתומים ונפרדים מההזעקות (${isolated(dialect, 'he')})`,
    }),
    catalog_missing: () => ({
      text: 'אין קטלוג: תורן לא מכיר אף אדם שאפשר להזעיק',
      fix: 'יש לכתוב קטלוג ולהריץ toran apply CATALOG, או להגדיר TORAN_CATALOG.',
    }),
    catalog_fine: ({ people, schedules, services }) => ({
      text: `אנשים: ${people}, לוחות תורנות: ${schedules}, שירותים: ${services}`,
    }),
    people_unreachable: ({ people }) => ({
      text: `שום הזעקה לא תגיע אל ${named(people)}`,
      fix: 'יש להוסיף להם בקטלוג מזהה slack או pagerduty.',
    }),
    people_not_rung: ({ people }) => ({
      text: `הטלפון לא יצלצל אצל ${named(people)}`,
      fix: 'יש להוסיף להם בקטלוג את מזהה pagerduty.',
    }),
    clock_fine: ({ against, mostSeconds }) => ({
      text: `תואם את ${named(against)} (הפרש של ${mostSeconds} שניות לכל היותר)`,
    }),
    clock_unknown: () => ({ text: 'לא היה מול מה להשוות את השעון' }),
    time_data_fine: () => ({ text: 'אזורי הזמן והלוח העברי של Node.js כאן נכונים' }),
    time_data_wrong: ({ what }) => ({
      text: `הנתונים של Node.js כאן שגויים: ${what.map((each) => (each === 'zones' ? 'אזורי זמן' : 'הלוח העברי')).join(', ')}`,
      fix: 'יש להשתמש בגרסה רשמית של Node.js 24 עם ICU מלא: משמרות, שבתות וחגים מחושבים לפיה.',
    }),
    clock_off: ({ against, seconds }) => ({
      text: `השעון של המכונה הזו רחוק ${seconds} שניות מזה של ${isolated(against, 'he')}`,
      fix: 'יש לסנכרן את השעון (NTP): הזעקות, הסלמות וחתימות נשענות עליו.',
    }),
    slack_unreachable: ({ problem }) => ({
      text: `אין גישה אל Slack ‏(${isolated(problem, 'he')})`,
      fix: 'יש לבדוק את SLACK_API_URL, את הפרוקסי ואת חומת האש.',
    }),
    slack_token_refused: ({ error }) => ({
      text: `Slack דוחה את SLACK_BOT_TOKEN ‏(${isolated(error, 'he')})`,
      fix: 'יש להתקין את האפליקציה מחדש ולהעתיק את אסימון הבוט שלה.',
    }),
    slack_fine: ({ team, user }) => ({ text: `מדבר בשם ${isolated(user, 'he')} ב־${isolated(team, 'he')}` }),
    scopes_missing: ({ scopes }) => ({
      text: `לאסימון הבוט חסרות ההרשאות ${named(scopes)}`,
      fix: 'יש לעדכן את האפליקציה לפי manifest.yml ולהתקין אותה מחדש.',
    }),
    scopes_declined: ({ scopes }) => ({
      text: `הרשאות רשות שלא ניתנו: ${named(scopes)}`,
      fix: 'בלעדיהן חלק מהיכולות חסרות (manifest.yml מפרט אילו). התקנה מחדש מאפשרת לתת אותן.',
    }),
    scopes_extra: ({ scopes }) => ({
      text: `לאסימון הבוט הרשאות שתורן אינו צריך: ${named(scopes)}`,
      fix: 'יש להסיר את ההרשאות האלה מהאפליקציה ולהתקין אותה מחדש.',
    }),
    scopes_fine: ({ count: scopes }) => ({ text: `ההרשאות (${scopes}) הן בדיוק אלה שתורן צריך` }),
    app_token_refused: ({ error }) => ({
      text: `Slack דוחה את SLACK_APP_TOKEN עבור Socket Mode ‏(${isolated(error, 'he')})`,
      fix: 'יש ליצור ב־"Basic Information" אסימון אפליקציה עם connections:write, ולהפעיל Socket Mode.',
    }),
    app_token_fine: () => ({ text: 'Socket Mode פותח חיבורים' }),
    signing_secret_set: () => ({ text: 'הודעות מגיעות ב־HTTP; רק הודעה שתגיע תוכיח את סוד החתימה' }),
    manifest_unreadable: ({ problem }) => ({
      text: `אי אפשר לקרוא את manifest.yml ‏(${isolated(problem, 'he')})`,
      fix: 'הקובץ נמסר לצד התוכנה; יש להחזיר אותו למקומו.',
    }),
    manifest_lacks: ({ names }) => ({
      text: `ב־manifest.yml חסר מה שתורן משתמש בו: ${named(names)}`,
      fix: 'יש לקחת את manifest.yml של הגרסה הזו.',
    }),
    manifest_exceeds: ({ names }) => ({
      text: `manifest.yml מבקש מה שתורן אינו משתמש בו: ${named(names)}`,
      fix: 'יש לקחת את manifest.yml של הגרסה הזו.',
    }),
    manifest_fine: () => ({ text: 'manifest.yml תואם את הגרסה הזו' }),
    pagerduty_not_set: () => ({ text: 'PagerDuty אינו מוגדר' }),
    pagerduty_read_only: () => ({
      text: 'הודעות מ־PagerDuty נקראות, אבל דבר אינו נכתב חזרה ואיש אינו מוזעק בטלפון',
      fix: 'יש להגדיר PAGERDUTY_API_TOKEN.',
    }),
    pagerduty_unreachable: ({ problem }) => ({
      text: `אין גישה אל PagerDuty ‏(${isolated(problem, 'he')})`,
      fix: 'יש לבדוק את PAGERDUTY_API_SERVER, את הפרוקסי ואת חומת האש.',
    }),
    pagerduty_token_refused: ({ problem }) => ({
      text: `PagerDuty דוחה את PAGERDUTY_API_TOKEN ‏(${isolated(problem, 'he')})`,
      fix: 'יש ליצור מפתח REST API של החשבון, שאינו לקריאה בלבד, ולהגדיר אותו.',
    }),
    pagerduty_fine: () => ({ text: 'האסימון תקין' }),
    personal_token: ({ name }) => ({
      text: `האסימון אישי ושייך אל ${isolated(name, 'he')}; הטלפון של בעל האסימון לא יצלצל בהזעקות של תורן`,
      fix: 'יש להשתמש במפתח של החשבון (Integrations → API Access Keys).',
    }),
    services_unknown: ({ services }) => ({
      text: `PagerDuty אינו מכיר שירותים אלה מהקטלוג: ${named(services)}`,
      fix: 'יש לתקן את pagerduty של כל אחד: זה המזהה שבסוף כתובת השירות.',
    }),
    services_none: () => ({
      text: 'אף שירות בקטלוג אינו שירות של PagerDuty, ולכן אי אפשר להזעיק בטלפון',
      fix: 'יש לתת לפחות לשירות אחד את מזהה pagerduty שלו.',
    }),
    users_unknown: ({ people }) => ({
      text: `PagerDuty אינו מכיר אנשים אלה מהקטלוג: ${named(people)}`,
      fix: 'יש לתקן את pagerduty של כל אחד: זה המזהה שבסוף כתובת הפרופיל.',
    }),
    emails_missing: ({ people }) => ({
      text: `אי אפשר לומר ל־PagerDuty מי אישר קבלה כשמדובר ב־${named(people)}`,
      fix: 'יש להוסיף להם בקטלוג את email שבו PagerDuty מכיר אותם.',
    }),
    emails_differ: ({ people }) => ({
      text: `כתובות הדוא"ל בקטלוג וב־PagerDuty שונות אצל ${named(people)}`,
      fix: 'יש להשתמש בזו של PagerDuty: פעולה בשם כתובת אחרת נדחית.',
    }),
    senders_few: () => ({
      text: 'יש פחות משני אנשים בקטלוג עם email ועם pagerduty גם יחד: אין בשם מי להזעיק אדם אחר',
      fix: 'יש להשלים בקטלוג לפחות שני אנשים.',
    }),
    subscriptions_hidden: ({ problem }) => ({
      text: `אי אפשר לראות את מצב ה־webhook ‏(${isolated(problem, 'he')})`,
      fix: 'יש לתת לאסימון הרשאות מנהל, או לבדוק מדי פעם ב־Integrations → Webhooks.',
    }),
    subscription_missing: () => ({
      text: 'שום webhook של PagerDuty אינו מוביל אל ‎/hooks/pagerduty',
      fix: 'יש ליצור אחד לחשבון ב־Integrations → Webhooks, ולהעתיק את הסוד שלו אל PAGERDUTY_WEBHOOK_SECRETS.',
    }),
    subscription_disabled: ({ url }) => ({
      text: `PagerDuty כיבה ליממה את ה־webhook אל ${isolated(url, 'he')}, כי הודעות נדחו`,
      fix: 'תורן שפועל מדליק אותו מחדש; אם זה חוזר, יש להשוות את PAGERDUTY_WEBHOOK_SECRETS.',
    }),
    subscription_inactive: ({ url }) => ({
      text: `ה־webhook אל ${isolated(url, 'he')} כבוי`,
      fix: 'יש להפעיל אותו ב־Integrations → Webhooks, או למחוק אותו.',
    }),
    subscription_lacks: ({ url, events }) => ({
      text: `ה־webhook אל ${isolated(url, 'he')} אינו שולח ${named(events)}`,
      fix: 'יש להוסיף את האירועים האלה למנוי.',
    }),
    subscription_fine: ({ url }) => ({ text: `ה־webhook אל ${isolated(url, 'he')} פועל` }),
    secret_missing: ({ url }) => ({
      text: `PagerDuty שולח הודעות אל ${isolated(url, 'he')}, אבל PAGERDUTY_WEBHOOK_SECRETS ריק: כל הודעה נדחית`,
      fix: 'יש להגדיר את הסוד ש־PagerDuty הציג כשנוצר ה־webhook, או ליצור אותו מחדש.',
    }),
    polling_only: () => ({ text: 'אין webhook: תורן שואל את PagerDuty מה חדש' }),
  },
};

function named(list: readonly string[]): string {
  return isolated(listed(list), 'he');
}

function count(number: number, one: string, many: string): string {
  return number === 1 ? one : `${number} ${many}`;
}
