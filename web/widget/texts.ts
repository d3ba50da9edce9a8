// The widget's own words, complete in each language: a missing one does not compile.
export interface Texts {
  dir: 'ltr' | 'rtl';
  title: string; sealed: string; keeps: string; notice: string; start: string; remember: string; rememberNote: string; gpc: string;
  bot: string; you: string; placeholder: string; send: string; typing: string; menu: string; close: string; download: string; erase: string;
  eraseTitle: string; eraseText: string; eraseYes: string; cancel: string; erased: string; waitNetwork: string; waitBusy: string; waitKeep: string; sending: string;
  waitWork: string; waitFast: string; spent: string; // waitFast: {time} is for how long
  source: string; resumed: string; connecting: string; log: string; tooLong: string; again: string; newChat: string; rememberTab: string;
  refusals: Record<string, string>; refused: string; old: string; broken: string; noticeChanged: string; damaged: string;
  card: string; removed: string;
}

const en: Texts = {
  dir: 'ltr', title: 'Chat', sealed: 'Automated · sealed to the chatbot', keeps: 'What is kept', notice: 'Read the whole notice', start: 'Start the chat',
  remember: 'Remember me on this device', rememberNote: 'Otherwise this chat ends with this tab.', gpc: 'Off: your browser asks not to be tracked.',
  bot: 'Bot, automated', you: 'You', placeholder: 'Your question', send: 'Send', typing: 'The bot is writing', menu: 'Menu', close: 'Close chat',
  download: 'Download this chat', erase: 'Delete this chat', eraseTitle: 'Delete this chat?',
  eraseText: 'It is deleted on the server and in this browser, for this website. Nobody can bring it back.', eraseYes: 'Delete', cancel: 'Cancel',
  erased: 'The chat is deleted, here and on the server.', waitNetwork: 'No connection. Your message waits here and is sent by itself.',
  waitBusy: 'The chat can’t answer just now. Your message waits here and is sent again in a moment.',
  waitKeep: 'The chat can’t store anything just now, and answers only what it has stored. Your message waits here and is sent again in a moment.',
  waitWork: 'Many people are opening a chat just now. Your browser does a short calculation first, to show that it is no flood. You need do nothing.',
  waitFast: 'That was faster than this chat may answer. Your message is sent by itself in {time}.',
  spent: 'This chat has given as many answers as it may today. Please write again tomorrow.',
  sending: 'Sending', source: 'Source', resumed: 'Your earlier chat',
  connecting: 'Opening a sealed line', log: 'Conversation', tooLong: 'This message is too long: at most 4,000 letters.', again: 'Try again',
  newChat: 'Start a new chat', rememberTab: 'This browser keeps no data for this chat. It ends with this page.',
  refusals: {
    'foreign-origin': 'This page is not one that the chat belongs to. It may be a copy made to deceive you. Please do not enter anything.',
    'wrong-root': 'This server is not the one that this page names. Please do not enter anything.',
    'rolled-back': 'The server shows keys that are older than those seen before. Please do not enter anything.',
    'no-longer-valid': 'The server’s keys are out of date. Please come back later.', 'not-yet-valid': 'Your device’s clock seems to be wrong.',
  },
  refused: 'The chat could not prove who it is, so it stays closed.',
  old: 'This browser can’t seal a chat: it lacks X25519 or Ed25519. Please use a newer one.', broken: 'Something went wrong here. Please try again.',
  noticeChanged: 'What this chat keeps has changed. Please read it and start again.', damaged: 'The stored chat does not fit together, so it is not shown.',
  card: 'This looks like a payment card number, so it was not sent. Please take it out. Card details belong only where you pay.',
  removed: '(not kept)',
};
const de: Texts = {
  dir: 'ltr', title: 'Chat', sealed: 'Automatisch · versiegelt für den Chatbot', keeps: 'Was gespeichert wird', notice: 'Den ganzen Hinweis lesen',
  start: 'Chat beginnen', remember: 'Auf diesem Gerät merken', rememberNote: 'Sonst endet dieser Chat mit diesem Tab.',
  gpc: 'Aus: Ihr Browser bittet, nicht verfolgt zu werden.', bot: 'Bot, automatisch', you: 'Sie', placeholder: 'Ihre Frage', send: 'Senden',
  typing: 'Der Bot schreibt', menu: 'Menü', close: 'Chat schließen', download: 'Chat herunterladen', erase: 'Chat löschen', eraseTitle: 'Diesen Chat löschen?',
  eraseText: 'Er wird auf dem Server und in diesem Browser gelöscht, für diese Website. Niemand kann ihn zurückholen.', eraseYes: 'Löschen',
  cancel: 'Abbrechen', erased: 'Der Chat ist gelöscht, hier und auf dem Server.',
  waitNetwork: 'Keine Verbindung. Ihre Nachricht wartet hier und wird von selbst gesendet.',
  waitBusy: 'Der Chat kann gerade nicht antworten. Ihre Nachricht wartet hier und wird gleich noch einmal gesendet.',
  waitKeep: 'Der Chat kann gerade nichts speichern und beantwortet nur, was er gespeichert hat. Ihre Nachricht wartet hier und wird gleich noch einmal gesendet.',
  waitWork: 'Gerade öffnen viele einen Chat. Ihr Browser rechnet erst kurz, um zu zeigen, dass er nicht stören will. Sie müssen nichts tun.',
  waitFast: 'Das war schneller, als dieser Chat antworten darf. Ihre Nachricht wird von selbst gesendet, in {time}.',
  spent: 'Dieser Chat hat heute so viele Antworten gegeben, wie er darf. Bitte schreiben Sie morgen wieder.',
  sending: 'Wird gesendet', source: 'Quelle', resumed: 'Ihr früherer Chat',
  connecting: 'Eine versiegelte Leitung wird geöffnet', log: 'Gespräch', tooLong: 'Diese Nachricht ist zu lang: höchstens 4.000 Zeichen.', again: 'Noch einmal',
  newChat: 'Neuen Chat beginnen', rememberTab: 'Dieser Browser speichert nichts für diesen Chat. Er endet mit dieser Seite.',
  refusals: {
    'foreign-origin': 'Diese Seite gehört nicht zu diesem Chat. Sie könnte eine Fälschung sein. Bitte geben Sie nichts ein.',
    'wrong-root': 'Dieser Server ist nicht der, den diese Seite nennt. Bitte geben Sie nichts ein.',
    'rolled-back': 'Der Server zeigt ältere Schlüssel als zuvor. Bitte geben Sie nichts ein.',
    'no-longer-valid': 'Die Schlüssel des Servers sind abgelaufen. Bitte kommen Sie später wieder.', 'not-yet-valid': 'Die Uhr Ihres Geräts geht wohl falsch.',
  },
  refused: 'Der Chat konnte nicht beweisen, wer er ist, und bleibt deshalb geschlossen.',
  old: 'Dieser Browser kann keinen Chat versiegeln: Ihm fehlt X25519 oder Ed25519. Bitte nehmen Sie einen neueren.',
  broken: 'Hier ging etwas schief. Bitte versuchen Sie es noch einmal.',
  noticeChanged: 'Was dieser Chat speichert, hat sich geändert. Bitte lesen Sie es und beginnen Sie neu.',
  damaged: 'Der gespeicherte Chat passt nicht zusammen und wird deshalb nicht gezeigt.',
  card: 'Das sieht nach einer Kartennummer aus und wurde deshalb nicht gesendet. Bitte nehmen Sie sie heraus. Kartendaten gehören nur dorthin, wo Sie bezahlen.',
  removed: '(nicht gespeichert)',
};
const ar: Texts = {
  dir: 'rtl', title: 'الدردشة', sealed: 'آلي · مختوم لروبوت الدردشة', keeps: 'ما الذي يُحفظ', notice: 'اقرأ الإشعار كاملًا', start: 'ابدأ الدردشة',
  remember: 'تذكّرني على هذا الجهاز', rememberNote: 'وإلا تنتهي هذه الدردشة مع علامة التبويب.', gpc: 'متوقف: متصفحك يطلب عدم التتبع.', bot: 'روبوت، آلي', you: 'أنت',
  placeholder: 'سؤالك', send: 'إرسال', typing: 'الروبوت يكتب', menu: 'القائمة', close: 'أغلق الدردشة', download: 'تنزيل الدردشة', erase: 'حذف الدردشة',
  eraseTitle: 'حذف هذه الدردشة؟', eraseText: 'تُحذف من الخادم ومن هذا المتصفح لهذا الموقع. لا يمكن لأحد استعادتها.', eraseYes: 'حذف', cancel: 'إلغاء',
  erased: 'حُذفت الدردشة هنا وعلى الخادم.', waitNetwork: 'لا يوجد اتصال. رسالتك تنتظر هنا وتُرسل تلقائيًا.', waitBusy: 'لا تستطيع الدردشة الرد الآن. رسالتك تنتظر هنا وتُرسل مجددًا بعد لحظة.',
  waitKeep: 'لا تستطيع الدردشة حفظ أي شيء الآن، ولا ترد إلا على ما حفظته. رسالتك تنتظر هنا وتُرسل مجددًا بعد لحظة.',
  waitWork: 'كثيرون يفتحون دردشة الآن. يجري متصفحك حسابًا قصيرًا أولًا ليُثبت أنه لا يُغرق الخادم. لا حاجة إلى أن تفعل شيئًا.',
  waitFast: 'كان ذلك أسرع مما يُسمح لهذه الدردشة أن تجيب. تُرسل رسالتك تلقائيًا خلال {time}.',
  spent: 'قدّمت هذه الدردشة اليوم كل ما يُسمح لها به من إجابات. اكتب غدًا من فضلك.',
  sending: 'جارٍ الإرسال', source: 'المصدر', resumed: 'محادثتك السابقة', connecting: 'جارٍ فتح خط مختوم', log: 'المحادثة', tooLong: 'الرسالة طويلة جدًا: 4000 حرف كحد أقصى.',
  again: 'حاول مجددًا', newChat: 'ابدأ محادثة جديدة', rememberTab: 'لا يحفظ هذا المتصفح شيئًا لهذه الدردشة. تنتهي مع هذه الصفحة.',
  refusals: {
    'foreign-origin': 'هذه الصفحة لا تخص هذه الدردشة وقد تكون نسخة خادعة. من فضلك لا تُدخل شيئًا.', 'wrong-root': 'هذا ليس الخادم الذي تذكره هذه الصفحة. من فضلك لا تُدخل شيئًا.',
    'rolled-back': 'يعرض الخادم مفاتيح أقدم مما سبق. من فضلك لا تُدخل شيئًا.', expired: 'انتهت صلاحية مفاتيح الخادم. عد لاحقًا من فضلك.', 'not-yet-valid': 'يبدو أن ساعة جهازك غير صحيحة.',
  },
  refused: 'لم تستطع الدردشة إثبات هويتها، لذا تبقى مغلقة.', old: 'هذا المتصفح لا يستطيع ختم الدردشة. استخدم متصفحًا أحدث من فضلك.', broken: 'حدث خطأ. حاول مجددًا من فضلك.',
  noticeChanged: 'تغيّر ما تحفظه هذه الدردشة. اقرأه وابدأ من جديد.', damaged: 'المحادثة المحفوظة غير متسقة، لذا لا تُعرض.',
  card: 'يبدو هذا رقم بطاقة دفع، لذلك لم يُرسل. من فضلك احذفه. بيانات البطاقة مكانها حيث تدفع فقط.', removed: '(لم يُحفظ)',
};

export const textsOf = (language: string): Texts => ({ en, de, ar } as Record<string, Texts>)[language.slice(0, 2)] ?? en;
