// Sentences with one place for a value each, split by sentence: the detector was tuned on `tune` and never on `test`.
// {v} is the value. An array is [the bot's question, the visitor's answer].
export const templates = {
  CARD: {
    tune: { it: ['Carta numero {v}'], nl: ['Betaling met Kaart {v}'], pl: ['Karta {v} nie działa'], pt: ['Cartão {v}'], sv: ['Betalning med Kort {v}'], tr: ['Kart No {v}'],  en: ['my card is {v}', 'pay with {v} please', 'card number {v}', 'charge {v} for the lamp', 'use this one {v}', 'visa {v} exp 11/28', '{v}', 'it was declined: {v}', ['What is your card number?', '{v}']],
      de: ['meine Kreditkarte ist {v}', 'bitte {v} belasten'], fr: ['ma carte bancaire {v}', 'numéro de carte : {v}'], es: ['mi tarjeta es {v}'] },
    test: { en: ['please refund it to {v}', 'i was charged twice on {v} yesterday', 'the number on the front says {v}', 'can you put {v} on file', 'try {v} instead thx', 'old card ended, new one: {v}', 'ok so {v} and the zip is 94110', ['Which card should we use?', 'the blue one {v}'], 'mastercard no. {v}'],
      de: ['Zahlung per Karte {v} ging nicht durch', 'Kartennummer lautet {v}'], fr: ['débitez la carte {v} svp', 'le paiement avec {v} est refusé'], es: ['cóbralo en {v} por favor'], it: ['la mia carta di credito è {v}'], nl: ['mijn creditcard is {v}'], pl: ['numer karty to {v}'], pt: ['meu cartão é {v}'], sv: ['mitt kortnummer är {v}'], tr: ['kart numaram {v}'] },
  },
  IBAN: {
    tune: { en: ['my iban is {v}', 'please pay into {v}', 'account {v}', '{v}', ['Where should the refund go?', '{v}']], de: ['meine IBAN lautet {v}', 'Überweisung an {v}'], fr: ['mon IBAN : {v}'] },
    test: { en: ['send the money back to {v} if you can', 'the direct debit came from {v}', 'bank details: {v}', 'transfer 50 eur to {v} today', ['IBAN?', '{v} is mine']], de: ['bitte von {v} abbuchen', 'Kontoverbindung {v}, danke'], fr: ['virement sur {v} merci'], es: ['mi cuenta es {v}'], it: ['bonifico su {v}'], nl: ['terugstorten op {v}'], pl: ['przelew na {v}'], pt: ['transferir para {v}'] },
  },
  EMAIL: {
    tune: { it: ['La mia Mail è {v}'], nl: ['Mijn Adres is {v}'], pl: ['Mój Email: {v}'], pt: ['Endereço {v}'], sv: ['Adressen är {v}'], tr: ['Adresim {v}'],  en: ['my email is {v}', 'reach me at {v}', 'write to {v} please', '{v}', 'cc {v} on this', ['What is your e-mail address?', '{v}']], de: ['meine Mail ist {v}'], fr: ["mon adresse est {v}"] },
    test: { en: ['send the receipt to {v} asap', 'account under {v}', 'i signed up with {v}, not the other one', 'login is {v}', 'forward it to {v} and me', ['Where can we send the invoice?', '{v} works']], de: ['schickt es bitte an {v}'], fr: ['écrivez-moi à {v}'], es: ['mi correo: {v}'], it: ['scrivetemi a {v}'], nl: ['mail maar naar {v}'], pl: ['mój adres to {v}'], pt: ['o meu e-mail é {v}'], sv: ['min e-post är {v}'], tr: ['e-posta adresim {v}'] },
  },
  PHONE: {
    tune: { it: ['Telefono {v}'], nl: ['Telefoon {v}'], pl: ['Telefon {v}'], pt: ['Telefone {v}'], sv: ['Ring Mig på {v}'], tr: ['Telefonum {v}'],  en: ['call me at {v}', 'my phone number is {v}', 'you can reach me on {v}', 'tel {v}', 'text me: {v}', ['What number can we call you on?', '{v}']], de: ['meine Nummer ist {v}', 'Telefon: {v}'], fr: ['mon numéro est le {v}'], es: ['mi teléfono es {v}'] },
    test: { en: ['ring {v} after six', 'my mobile: {v}', 'the best contact number for me is {v}', 'cell {v}, leave a message', 'whatsapp me on {v} pls', 'pls phone {v} when the driver is here', 'use {v} for the callback', ['Could you give me your phone number?', 'sure {v}']], de: ['ruft mich unter {v} an', 'Handynummer {v}'], fr: ['vous pouvez me joindre au {v}', 'mon portable {v}'], es: ['llámame al {v}'], it: ['il mio cellulare è {v}'], nl: ['bel me op {v}'], pl: ['mój numer telefonu {v}'], pt: ['o meu telemóvel é {v}'], sv: ['mitt mobilnummer är {v}'], tr: ['telefon numaram {v}'] },
  },
  IP: {
    tune: { en: ['my ip is {v}', 'blocked from {v}', '{v} can not connect', 'login from {v}'] },
    test: { en: ['i get a 403 from {v} since noon', 'the firewall logs say {v}', 'is {v} one of yours', 'ping to {v} fails'], de: ['meine IP-Adresse lautet {v}'], fr: ["l'adresse {v} est bloquée"] },
  },
  URL: {
    tune: { en: ['see {v}', 'the page {v} is broken', '{v}', 'i found it on {v} yesterday'] },
    test: { en: ['screenshot here: {v}', 'can you open {v} for me', 'link {v} gives an error', 'my profile is {v} btw'], de: ['siehe {v} bitte'], fr: ['voici le lien {v}'] },
  },
  US_SSN: {
    tune: { en: ['my ssn is {v}', 'social security number {v}', 'social: {v}', ['What is your social security number?', '{v}']] },
    test: { en: ['ssn {v} for the credit check', 'her social security no. is {v}', 'you need my social? {v}', ['Could you confirm your SSN?', 'yes {v}'], 'i already gave my ssn, {v}, last week'] },
  },
  STREET: {
    tune: { it: ['Indirizzo {v}'], nl: ['Adres {v}'], pl: ['Adres {v}'], pt: ['Endereço: {v}'], sv: ['Adress {v}'], tr: ['Adres: {v}'],  en: ['i live at {v}', 'ship it to {v}', 'my address is {v}', 'deliver to {v} please', ['What is your address?', '{v}']], de: ['ich wohne {v}', 'Adresse: {v}'], fr: ["j'habite au {v}"], es: ['vivo en {v}'] },
    test: { en: ['we moved to {v} last month', 'the parcel should go to {v}', 'billing address {v}', 'it went to {v} by mistake', ['Where should we deliver?', 'to {v} please'], 'send the technician to {v} tomorrow'], de: ['Lieferung bitte an {v}', 'meine Anschrift: {v}'], fr: ['livrez au {v}', 'adresse de livraison {v}'], es: ['mi dirección es {v}'], it: ['abito in {v}', "l'indirizzo è {v}"], nl: ['mijn adres is {v}', 'bezorgen op {v}'], pl: ['mieszkam przy {v}', 'adres: {v}'], pt: ['moro na {v}', 'a morada é {v}'], sv: ['jag bor på {v}', 'min adress är {v}'], tr: ['adresim {v}'] },
  },
  PERSON: {
    tune: { da: ['mit navn er {v}'], cs: ['jmenuji se {v}'],  en: ['my name is {v}', 'this is {v} calling about my bill', 'regards, {v}', '{v} here', 'booking for {v} please', 'the chair is a present for {v}', 'it was {v} who signed for it', 'ask {v}, she knows', 'your driver {v} left it outside', 'can {v} pick it up instead of me', 'my flat mate {v} opened the box', 'sent by {v} from the shop', 'i met {v} at the counter', 'ok thank you, {v}', 'good evening, my name: {v}', ['Who should we ask for?', '{v} please'], ['Under which name was it booked?', 'under {v}'], ['Your first and last name, please', 'thats {v}'], ['May I have your name?', '{v}'], ['Who is the passenger?', 'it is {v}'], 'i am {v} and i need help'],
      de: ['mein Name ist {v}', 'ich heiße {v}', ['Wie heißen Sie?', '{v}'], 'das Paket nahm {v} an', 'das Geschenk ist für {v}', 'mein Mitbewohner {v} war zu Hause', ['Ihr Name bitte', '{v}'], 'Vielen Dank, {v}', 'am Telefon war {v}'], fr: ["je m'appelle {v}", 'cordialement, {v}', 'le cadeau est pour {v}', ['Comment vous appelez-vous ?', '{v}'], 'c’est {v} qui a signé'], es: ['me llamo {v}', 'a nombre de {v}', 'lo firmó {v}', ['¿Cómo se llama usted?', '{v}'], 'es un regalo para {v}'], it: ['mi chiamo {v}', 'ha firmato {v}', ['Il suo nome?', '{v}'], 'è un regalo per {v}'],
      nl: ['mijn naam is {v}', '{v} heeft getekend', ['Hoe heet u?', '{v}'], 'het is een cadeau voor {v}'], pl: ['nazywam się {v}', 'odebrał to {v}', ['Jak się Pani nazywa?', '{v}'], 'to prezent dla {v}'], pt: ['meu nome é {v}', 'foi {v} que assinou', ['O seu nome?', '{v}'], 'é um presente para {v}'],
      sv: ['jag heter {v}', '{v} skrev under', ['Vad är ditt namn?', '{v}'], 'det är en present till {v}'], tr: ['benim adım {v}', 'paketi {v} aldı', ['İsminiz nedir?', '{v}'], 'bu {v} için bir hediye'] },
    test: { en: ['hello, {v} speaking', 'the order was placed by {v} on friday', 'could you tell {v} that the parcel came', 'account holder: {v}', 'it should say {v} on the label', ['And your full name?', '{v}'], ['Whose account is it?', 'my wife, {v}'], 'thanks for everything, {v}', 'i spoke to {v} from your team yesterday', 'please add {v} to the reservation'],
      de: ['hier schreibt {v}', 'die Rechnung geht an {v}', ['Auf welchen Namen?', '{v}'], 'beste Grüße {v}'], fr: ['le colis est pour {v}', ['Votre nom ?', '{v}'], 'ici {v}, bonjour'], es: ['el paquete es para {v}', ['¿Su nombre?', '{v}'], 'atentamente, {v}'], it: ['il pacco è per {v}', ['Come si chiama?', '{v}'], 'saluti, {v}'],
      nl: ['het pakket is voor {v}', ['Wat is uw naam?', '{v}'], 'groeten, {v}'], pl: ['paczka jest dla {v}', ['Jak się Pan nazywa?', '{v}'], 'pozdrawiam, {v}'], pt: ['a encomenda é para {v}', ['Qual é o seu nome?', '{v}'], 'cumprimentos, {v}'], sv: ['paketet är till {v}', ['Vad heter du?', '{v}'], 'hälsningar, {v}'], tr: ['paket {v} için', ['Adınız nedir?', '{v}'], 'saygılarımla, {v}'] },
  },
  PASSWORD: {
    tune: { en: ['my password is {v}', 'password: {v}', 'the pwd is {v} but it fails', ['What password did you try?', '{v}']], de: ['mein Passwort ist {v}'], fr: ['mon mot de passe est {v}'] },
    test: { en: ['i tried the password {v} three times', 'pass: {v}', 'passcode is {v}', 'username bob password {v}'], de: ['Passwort lautet {v}', 'Kennwort: {v}'], fr: ['mot de passe : {v}'], es: ['mi contraseña es {v}'], it: ['la mia password è {v}'], nl: ['mijn wachtwoord is {v}'], pl: ['moje hasło to {v}'], pt: ['a minha senha é {v}'], sv: ['mitt lösenord är {v}'], tr: ['şifrem {v}'] },
  },
  PIN: { tune: { en: ['my pin is {v}', 'pin {v}', ['What is your PIN?', '{v}']] }, test: { en: ['the pin code is {v}', 'atm pin: {v}', 'my card pin was {v} before'], de: ['meine PIN ist {v}'], fr: ['mon code pin est {v}'] } },
  CVV: { tune: { en: ['cvv {v}', 'security code is {v}', ['What are the three digits on the back?', '{v}']] }, test: { en: ['cvc: {v}', 'the cvv2 number is {v}', 'security code {v} on the back'], de: ['Prüfnummer {v}'], fr: ['cryptogramme {v}'] } },
  OTP: { tune: { en: ['the code you sent is {v}', 'otp {v}', ['Please enter the verification code', '{v}']] }, test: { en: ['verification code: {v}', 'my one time code is {v}', 'i got {v} as sms code'], de: ['Bestätigungscode {v}'], es: ['código de verificación {v}'] } },
  BIRTH_DATE: {
    tune: { en: ['i was born on {v}', 'dob {v}', 'date of birth: {v}', ['What is your date of birth?', '{v}']], de: ['geboren am {v}'] },
    test: { en: ['my birthday is {v}', 'born {v} in leeds', 'birth date {v}', ['When were you born?', 'on {v}']], de: ['Geburtsdatum: {v}'], fr: ['je suis né le {v}'], es: ['nací el {v}'], it: ['sono nato il {v}'], nl: ['geboortedatum {v}'], pl: ['data urodzenia {v}'], pt: ['data de nascimento {v}'], sv: ['jag är född {v}'], tr: ['doğum tarihim {v}'] },
  },
  VIN: { tune: { en: ['vin {v}', 'the vin number is {v}'] }, test: { en: ['chassis number {v}', 'my car, vin: {v}'], de: ['Fahrgestellnummer {v}'] } },
  PLATE: { tune: { en: ['my plate is {v}', 'license plate {v}'], de: ['Kennzeichen {v}'] }, test: { en: ['car reg {v}', 'number plate: {v}', 'the licence plate says {v}'], de: ['mein Kennzeichen lautet {v}'], fr: ["plaque d'immatriculation {v}"], nl: ['kenteken {v}'] } },
  PASSPORT: { tune: { en: ['passport {v}', 'my passport number is {v}', ['Passport number?', '{v}']] }, test: { en: ['passport no. {v} expires soon', 'travelling with passport {v}'], de: ['Reisepass {v}'], fr: ['numéro de passeport {v}'], es: ['pasaporte {v}'] } },
  LICENCE: { tune: { en: ["driver's license {v}", 'my driving licence is {v}'] }, test: { en: ['drivers licence number {v}', 'dl number: {v}'], de: ['Führerscheinnummer {v}'], fr: ['permis de conduire {v}'] } },
  BANK_ACCOUNT: { tune: { en: ['account number {v}', 'my bank account is {v}'] }, test: { en: ['acct no {v}', 'my checking account number is {v}', 'please debit account number {v}'], de: ['Kontonummer {v}'] } },
  BANK_ROUTING: { tune: { en: ['routing number {v}'] }, test: { en: ['aba {v}', 'the routing no. is {v}'] } },
  MAC: { tune: { en: ['mac address {v}'] }, test: { en: ['the router shows {v}', 'device {v} is offline'] } },
  IMEI: { tune: { en: ['imei {v}'] }, test: { en: ['the imei of my phone is {v}', 'IMEI: {v}'] } },
  GPS: { tune: { en: ['i am at {v}'] }, test: { en: ['meet me at {v}', 'coordinates {v}'] } },
  WALLET: { tune: { en: ['send to {v}'] }, test: { en: ['my btc wallet {v}', 'pay {v} please'] } },
  API_KEY: { tune: { en: ['my key is {v}'] }, test: { en: ['{v} gives 401', 'i used {v} in the header'] } },
  JWT: { tune: { en: ['token {v}'] }, test: { en: ['the session cookie is {v}'] } },
};

// For national numbers: {l} is what people there call the number, {v} the number.
export const national = {
  tune: ['my {l} is {v}', '{l} {v}', '{l}: {v}', ['What is your {l}?', '{v}']],
  test: ['here is my {l} {v} thanks', '{l} no. {v}', 'you asked for the {l}, it is {v}', ['Please enter your {l}', 'it is {v}'], '{v} is my {l}', 'for the form: {l} = {v}'],
};

// Numbers that belong to things. {v} is the number.
export const harmless = {
  tune: ['where is order {v}', 'order number {v} is late', '{v}', 'tracking {v}', 'invoice {v}', 'my order {v} has not arrived', 'version {v}', 'it cost {v}', 'delivered on {v}'],
  test: ['can you check {v} for me', 'reference {v} please', 'the parcel {v} is lost', 'i bought it on {v}', 'it says {v} on the box', 'ticket {v} is still open', 'since {v} it crashes', 'why did i pay {v}', 'nr {v} kaputt', 'commande {v} pas reçue', 'Bestellung {v} fehlt', 'pedido {v} no llega'],
};
