/* bot_builtin_table.h - what every bot says and understands without being told, in seven languages; for bot_builtin.c alone. The order of
 * languages is that of builtin_languages, of responses that of enum bot_known. An author's response or intent of the same name wins. */
#ifndef ENGINE_BOT_BUILTIN_TABLE_H
#define ENGINE_BOT_BUILTIN_TABLE_H

#include "engine/bot_private.h"

#define BUILTIN_LANGUAGES 7
static const char *const builtin_languages[BUILTIN_LANGUAGES] = {"en", "de", "fr", "es", "it", "nl", "pt"};

struct builtin_text {
    const char *name, *at[BUILTIN_LANGUAGES];
};

static const struct builtin_text builtin_responses[KNOWN_COUNT] = {
    [KNOWN_UNKNOWN] = {"utter_unknown",
        {"I don't know that, and I don't want to guess. Could you say it in other words?",
         "Das weiß ich nicht, und raten möchte ich nicht. Können Sie es anders sagen?",
         "Je ne le sais pas et je ne veux pas deviner. Pouvez-vous le dire autrement ?",
         "No lo sé y no quiero adivinar. ¿Puede decirlo de otra manera?",
         "Non lo so e non voglio tirare a indovinare. Può dirlo in altre parole?",
         "Dat weet ik niet en ik wil niet gokken. Kunt u het anders zeggen?",
         "Não sei e não quero adivinhar. Pode dizê-lo por outras palavras?"}},
    [KNOWN_DIFFERENTLY] = {"utter_differently",
        {"I have no other way to say it. Which part should I look up?", "Anders kann ich es nicht sagen. Was genau soll ich nachsehen?",
         "Je ne peux pas le dire autrement. Quel point dois-je chercher ?", "No sé decirlo de otra forma. ¿Qué parte busco?",
         "Non so dirlo diversamente. Che cosa devo cercare?", "Anders kan ik het niet zeggen. Wat moet ik opzoeken?",
         "Não sei dizê-lo de outra forma. O que devo procurar?"}},
    [KNOWN_BOT] = {"utter_bot",
        {"Yes, I am a machine, not a person.", "Ja, ich bin eine Maschine, kein Mensch.", "Oui, je suis une machine, pas une personne.",
         "Sí, soy una máquina, no una persona.", "Sì, sono una macchina, non una persona.", "Ja, ik ben een machine, geen mens.",
         "Sim, sou uma máquina, não uma pessoa."}},
    [KNOWN_PERSON] = {"utter_person",
        {"I am a machine, and I can't hand this chat over to a person.",
         "Ich bin eine Maschine und kann dieses Gespräch nicht an einen Menschen übergeben.",
         "Je suis une machine et je ne peux pas transmettre cette conversation à une personne.",
         "Soy una máquina y no puedo pasar esta conversación a una persona.", "Sono una macchina e non posso passare questa chat a una persona.",
         "Ik ben een machine en kan dit gesprek niet aan een mens doorgeven.", "Sou uma máquina e não posso passar esta conversa a uma pessoa."}},
    [KNOWN_SUGGEST] = {"utter_suggest",
        {"Did you mean one of these?", "Meinten Sie eines davon?", "Vouliez-vous dire l'un de ces points ?", "¿Quería decir algo de esto?",
         "Intendeva una di queste cose?", "Bedoelde u een van deze?", "Queria dizer algum destes?"}},
    [KNOWN_CANCELLED] = {"utter_cancelled",
        {"All right, I have stopped that.", "Gut, ich habe das abgebrochen.", "D'accord, j'ai arrêté.", "De acuerdo, lo he cancelado.",
         "Va bene, ho interrotto.", "Goed, ik heb het afgebroken.", "Está bem, parei isso."}},
    [KNOWN_NO_PRODUCTS] = {"utter_no_products",
        {"I found no product like that.", "Ein solches Produkt habe ich nicht gefunden.", "Je n'ai trouvé aucun produit de ce genre.",
         "No he encontrado ningún producto así.", "Non ho trovato prodotti del genere.", "Zo'n product heb ik niet gevonden.",
         "Não encontrei nenhum produto assim."}},
    [KNOWN_PRODUCTS] = {"utter_products",
        {"This is what I found:", "Das habe ich gefunden:", "Voici ce que j'ai trouvé :", "Esto es lo que he encontrado:", "Ecco che cosa ho trovato:",
         "Dit heb ik gevonden:", "Isto é o que encontrei:"}},
    [KNOWN_GREET] = {"utter_greet",
        {"Hello! How can I help?", "Hallo! Wie kann ich helfen?", "Bonjour ! Comment puis-je vous aider ?", "¡Hola! ¿En qué puedo ayudar?",
         "Buongiorno! Come posso aiutare?", "Hallo! Waarmee kan ik helpen?", "Olá! Em que posso ajudar?"}},
    [KNOWN_THANKS] = {"utter_thanks",
        {"You're welcome.", "Gern geschehen.", "Je vous en prie.", "De nada.", "Prego.", "Graag gedaan.", "De nada."}},
    [KNOWN_BYE] = {"utter_bye",
        {"Goodbye!", "Auf Wiedersehen!", "Au revoir !", "¡Hasta luego!", "Arrivederci!", "Tot ziens!", "Até à próxima!"}},
    [KNOWN_HELP] = {"utter_help",
        {"Ask me a question in your own words.", "Stellen Sie mir eine Frage in Ihren eigenen Worten.",
         "Posez-moi une question avec vos propres mots.", "Hágame una pregunta con sus propias palabras.", "Mi faccia una domanda con parole sue.",
         "Stel mij een vraag in uw eigen woorden.", "Faça-me uma pergunta por palavras suas."}},
    [KNOWN_WRONG] = {"utter_wrong",
        {"That doesn't fit here.", "Das passt hier nicht.", "Cela ne convient pas ici.", "Eso no encaja aquí.", "Questo qui non va bene.",
         "Dat past hier niet.", "Isso não serve aqui."}},
    [KNOWN_BACK] = {"utter_back",
        {"Back to where we were.", "Zurück zu unserer Frage.", "Revenons à notre question.", "Volvamos a lo anterior.", "Torniamo a prima.",
         "Terug naar onze vraag.", "Voltemos à nossa pergunta."}},
    [KNOWN_ASIDE] = {"utter_aside",
        {"I have put our question aside. You can go on with it at any time.", "Ich habe unsere Frage zurückgestellt. Sie können jederzeit damit weitermachen.",
         "J'ai mis notre question de côté. Vous pouvez la reprendre à tout moment.", "He dejado la pregunta a un lado. Puede retomarla cuando quiera.",
         "Ho messo da parte la domanda. Può riprenderla quando vuole.", "Ik heb onze vraag opzij gelegd. U kunt er altijd mee verder.",
         "Pus a nossa pergunta de lado. Pode retomá-la a qualquer momento."}},
    [KNOWN_CORRECTED] = {"utter_corrected",
        {"All right, I have changed that.", "Gut, ich habe das geändert.", "Très bien, j'ai corrigé.", "De acuerdo, lo he cambiado.",
         "Va bene, ho corretto.", "Goed, ik heb het gewijzigd.", "Está bem, alterei isso."}},
    [KNOWN_LAPSED] = {"utter_lapsed",
        {"We did not finish last time, so I have forgotten those answers.", "Wir waren letztes Mal nicht fertig; die Antworten von damals habe ich vergessen.",
         "Nous n'avions pas terminé la dernière fois ; j'ai oublié ces réponses.", "La última vez no terminamos; he olvidado esas respuestas.",
         "L'ultima volta non abbiamo finito; ho dimenticato quelle risposte.", "De vorige keer waren we niet klaar; die antwoorden ben ik vergeten.",
         "Da última vez não terminámos; esqueci essas respostas."}},
};

struct builtin_intent {
    const char *name;
    enum bot_known action;
    const char *at[BUILTIN_LANGUAGES]; /* examples, one a line */
};

static const struct builtin_intent builtin_intents[BOT_BUILTIN_INTENTS] = {
    {"greet", KNOWN_GREET,
     {"hello\nhi\nhey\nhi there\nhello there\ngood morning\ngood evening\ngood afternoon\nhey there",
      "hallo\nhi\nguten tag\nguten morgen\nguten abend\nmoin\nservus\ngrüß gott\nhallo zusammen",
      "bonjour\nsalut\nbonsoir\nbonjour à vous\ncoucou\nbonjour madame\nallô bonjour", "hola\nbuenos días\nbuenas tardes\nbuenas noches\nhola qué tal\nbuenas",
      "ciao\nbuongiorno\nbuonasera\nsalve\nbuon pomeriggio\nciao a tutti", "hallo\nhoi\ngoedemorgen\ngoedemiddag\ngoedenavond\ngoedendag\nhallo daar",
      "olá\nbom dia\nboa tarde\nboa noite\noi\nolá tudo bem"}},
    {"thanks", KNOWN_THANKS,
     {"thanks\nthank you\nthanks a lot\nthank you very much\ngreat thanks\ncheers\nthat helped thank you",
      "danke\nvielen dank\ndanke schön\ndankeschön\nbesten dank\nsuper danke\ndanke das hat geholfen",
      "merci\nmerci beaucoup\nje vous remercie\nsuper merci\nmille mercis\nmerci ça m'aide\nun grand merci",
      "gracias\nmuchas gracias\nmil gracias\ngracias por la ayuda\nmuy amable gracias", "grazie\ngrazie mille\nmolte grazie\nla ringrazio\ngrazie dell'aiuto",
      "dank u\nbedankt\ndank je wel\nheel erg bedankt\nhartelijk dank\nsuper bedankt", "obrigado\nobrigada\nmuito obrigado\nagradeço\nobrigado pela ajuda"}},
    {"bye", KNOWN_BYE,
     {"bye\ngoodbye\nbye bye\nsee you\nsee you later\nhave a nice day\nthat was all bye",
      "tschüss\nauf wiedersehen\nbis bald\nciao\nschönen tag noch\nbis später\ndas war alles tschüss",
      "au revoir\nà bientôt\nbonne journée\nadieu\nà plus tard\nc'est tout au revoir\nbonne soirée", "adiós\nhasta luego\nhasta pronto\nnos vemos\nque tenga un buen día",
      "arrivederci\na presto\nbuona giornata\nci vediamo\nè tutto arrivederci", "tot ziens\ndoei\ntot later\nfijne dag nog\ndat was alles doei",
      "adeus\naté logo\naté breve\ntchau\ntenha um bom dia"}},
    {"differently", KNOWN_DIFFERENTLY,
     {"say it differently\nsay that differently\nI don't understand\ncan you explain that another way\nin other words please\n"
      "what do you mean\nrephrase that\nthat is not what I asked\nplease explain it again",
      "sag es anders\nkannst du das anders sagen\nich verstehe das nicht\nmit anderen worten bitte\nwas meinst du\n"
      "das habe ich nicht gefragt\nbitte noch einmal erklären\nanders bitte",
      "dites-le autrement\nje ne comprends pas\nen d'autres termes\nque voulez-vous dire\nreformulez s'il vous plaît\nce n'est pas ma question\nexpliquez encore une fois",
      "dígalo de otra manera\nno entiendo\nen otras palabras\nqué quiere decir\neso no es lo que pregunté\nexplíquelo otra vez",
      "lo dica diversamente\nnon capisco\nin altre parole\nche cosa intende\nnon è quello che ho chiesto\nlo spieghi di nuovo",
      "zeg het anders\nik begrijp het niet\nmet andere woorden\nwat bedoelt u\ndat vroeg ik niet\nleg het nog eens uit",
      "diga de outra forma\nnão entendo\npor outras palavras\no que quer dizer\nnão foi isso que perguntei\nexplique outra vez"}},
    {"cancel", KNOWN_CANCELLED,
     {"cancel\ncancel that\nstop\nstop it\nabort\nnever mind\nforget it\nlet's stop here\nquit",
      "abbrechen\nstopp\nstop\nvergiss es\nlass es\nbrich das ab\nnicht mehr nötig\naufhören",
      "annuler\nstop\narrêtez\nlaissez tomber\ntant pis\noubliez ça\nje ne veux plus\nannulez", "cancelar\nalto\npare\nolvídelo\ndéjelo\nya no hace falta",
      "annulla\nstop\nbasta così\nlasci perdere\nlascia stare\nnon serve più", "annuleren\nstop\nlaat maar\nvergeet het\nstop ermee\nhoeft niet meer",
      "cancelar\nparar\nesqueça\ndeixe estar\njá não é preciso\npare"}},
    {"help", KNOWN_HELP,
     {"help\nwhat can you do\nhow does this work\nwhat can I ask you\nhelp me\nwhat are you able to do",
      "hilfe\nwas kannst du\nwie funktioniert das hier\nwas kann ich dich fragen\nhilf mir\nwas können Sie",
      "aide\nà l'aide\nque pouvez-vous faire\ncomment ça marche\nque puis-je vous demander\naidez-moi", "ayuda\nqué puedes hacer\ncómo funciona esto\nqué puedo preguntar\nayúdame",
      "aiuto\nche cosa sa fare\ncome funziona\nche cosa posso chiedere\nmi aiuti", "help\nwat kunt u\nhoe werkt dit\nwat kan ik vragen\nhelp mij",
      "ajuda\no que sabe fazer\ncomo funciona isto\no que posso perguntar\najude-me"}},
    {"affirm", KNOWN_HELP,
     {"yes\nyes please\nyeah\nyep\nsure\nok\nokay\nof course\ncorrect\nI agree\nthat's right",
      "ja\nja bitte\njawohl\nklar\nok\nokay\nsicher\nnatürlich\nrichtig\nich stimme zu\neinverstanden", "oui\noui s'il vous plaît\nd'accord\nbien sûr\nok\nc'est exact\nje suis d'accord\nvolontiers",
      "sí\nsí por favor\nclaro\nde acuerdo\nvale\ncorrecto\nestoy de acuerdo", "sì\nsì grazie\ncerto\nd'accordo\nva bene\nesatto\nsono d'accordo",
      "ja\nja graag\nzeker\nakkoord\noké\ndat klopt\nik ga akkoord", "sim\nsim por favor\nclaro\nde acordo\nestá bem\ncorreto\nconcordo"}},
    {"deny", KNOWN_HELP,
     {"no\nno thanks\nnope\nnot really\nno thank you\nI disagree\nI don't want that",
      "nein\nnein danke\nnö\nnicht wirklich\nlieber nicht\nich will das nicht\nauf keinen fall", "non\nnon merci\npas vraiment\nsurtout pas\nje ne veux pas\nje refuse",
      "no\nno gracias\nmejor no\nno quiero\nde ninguna manera", "no\nno grazie\npreferisco di no\nnon voglio\nassolutamente no",
      "nee\nnee bedankt\nliever niet\ndat wil ik niet\nzeker niet", "não\nnão obrigado\nprefiro não\nnão quero\nde maneira nenhuma"}},
};

#endif
