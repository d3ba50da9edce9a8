// Writes sentences in which people name themselves, others and towns, and sentences that look alike and name nobody, as "word TAB label"
// lines for tools/guard/name_train.c: node tools/guard/frames.mjs DATA OUTPUT. The frames are our own; names come from DATA/names.
// tests/guard has other frames and other names: none of its lines may be copied here.
import { readFileSync, writeFileSync } from 'node:fs';

const [data, output] = process.argv.slice(2);
const lines = (name) => readFileSync(`${data}/names/${name}`, 'utf8').replace(/^\ufeff/, '').split(/\r?\n/).filter(Boolean);
const csv = (line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(,|$)/g)].map((m) => m[1].replace(/^"|"$/g, ''));
let seed = 7;
const random = (n) => { seed = (seed * 1103515245 + 12345) & 0x7fffffff; return Math.floor((seed / 0x7fffffff) * n) % n; };
const pick = (list) => list[random(list.length)];
const title = (name) => name.toLowerCase().replace(/(^|[\s'-])(\p{L})/gu, (m, a, b) => a + b.toUpperCase());

const forenames = new Map(), surnames = new Map(), push = (map, key, value) => map.set(key, [...(map.get(key) ?? []), value]);
for (const line of lines('common-forenames-by-country.csv').slice(1)) { const r = csv(line); push(forenames, r[0], pick([r[10], r[11]]) || r[11]); }
for (const line of lines('common-surnames-by-country.csv').slice(1)) { const r = csv(line); push(surnames, r[0], pick([r[4], r[5]]) || r[5]); }
const census = (file, most) => lines(file).slice(0, most).map((line) => title(line.split(/\s+/)[0]));
const american = [...census('us_census_female.first.txt', 2200), ...census('us_census_male.first.txt', 1000)], americanLast = census('us_census_last.txt', 9000);
const postal = (file) => lines(`words/all/${file}`).flatMap((line) => line.split('|')).filter((w) => /^[\p{L}'-]{3,}$/u.test(w)).map(title);
const rareFirst = postal('given_names.txt'), rareLast = postal('surnames.txt');
const cities = lines('world-cities.csv').slice(1).map((line) => csv(line)[0]);
const countries = { en: ['GB', 'US', 'CA', 'IE', 'AU', 'NZ'], de: ['DE', 'AT', 'CH'], fr: ['FR', 'BE', 'LU'], es: ['ES', 'MX', 'AR', 'CL', 'PE'], it: ['IT'],
  nl: ['NL', 'BE'], pl: ['PL'], pt: ['PT', 'BR'], sv: ['NO', 'DK', 'FI', 'IS'], tr: ['TR'] };

function first(lang) {
  const kind = random(10), pool = countries[lang].flatMap((c) => forenames.get(c) ?? []);
  if (kind < 5 && pool.length) return pick(pool);
  if (kind < 7) return pick(american);
  return kind < 9 ? pick(rareFirst) : pick(forenames.get(pick([...forenames.keys()])));
}
function last(lang) {
  const kind = random(10), pool = countries[lang].flatMap((c) => surnames.get(c) ?? []);
  if (kind < 4 && pool.length) return pick(pool);
  if (kind < 6) return pick(americanLast);
  return kind < 9 ? pick(rareLast) : pick(surnames.get(pick([...surnames.keys()])));
}
const full = (lang) => `${first(lang)} ${random(12) === 0 ? `${first(lang)} ` : ''}${last(lang)}${random(25) === 0 ? `-${last(lang)}` : ''}`;

// {f} given name, {l} surname, {n} both, {c} town.
const frames = {
  en: ['my name is {n}', 'My name is {n} and I ordered a lamp last week', 'hi , {f} here', 'this is {n} calling about my bill', "i'm {f} , I can't log in", "I'm {n}",
    'it is {n}', 'the account is under {n}', 'booking for {n} please', 'can I speak to {f} ?', 'could you connect me with {n}', 'is {f} there today ?', 'I spoke with {f} yesterday',
    '{f} told me to write here', 'tell {f} I said thanks', 'ask {n} about it', 'this was sent by {n}', 'it came from {n}', 'a gift for {n}', 'the tickets are for {n}', 'my boss {n} approved it', 'is this for {f} ?', 'we met {f} last week', 'my daughter {f} needs one', 'I am writing for {n}', 'the contract with {n}', '{n} has signed', '{n} wants a refund', '{f} said it was free', 'write {n} on the card', 'tell it to {n}', 'our neighbour {n} took it', 'the courier handed it to {n}', 'put it in the name of {n}', 'a letter from {n}', 'Good morning , {n} at the phone', '{n} at the phone', 'you may ask for {n}', 'the seat of {n}', 'no , {n}', 'that would be {n}', 'they are {n} and {n}', 'my partner , {n} , will come', 'my brother , {f}', 'thank you very much , {n}', 'take care , {f}', 'have a nice day {n}', 'sent from my phone {n}', 'I talked with {n} today', 'my agent was {f}', 'the technician {n} came', 'please cancel the order of {n}', 'include {n} in the list', 'visitors : {n} , {n}', 'guests are {n} and {f}', 'my wife {f} placed the order', 'my husband {f} cannot open the app', 'my son {f} broke it',
    'the parcel is for {n}', 'please send it to {n} in {c}', 'Thanks , {f}', 'regards , {n}', 'best , {f}', 'sincerely {n}', 'yours truly , {n}', 'Dear {f} ,', 'hello {f} , thanks for the help',
    'hi {f} can you check again', 'signed by {n}', 'delivered to {n} at the front desk', 'the invoice says {n} but my surname is {l}', 'surname {l} , first name {f}', 'last name is {l}',
    'change the name from {n} to {n}', 'mr {l} asked for a refund', 'Mrs {l} will pick it up', 'dr {l} signed the form', 'ms {l} from support was great', 'call me {f}', 'you can call me {f}',
    'i live in {c}', 'I moved from {c} to {c}', 'my friend {f} from {c} recommended you', '{n} is my flatmate', 'the driver {f} was rude', 'your colleague {f} promised me a discount',
    'who is {f} ?', 'add {f} as a second user', 'remove {n} from my account', 'it was paid by {n}', '{n} , born in {c}', 'name : {n}', 'contact : {n}', 'full name {n}', '{n}', '{f}', '{f} {l}',
    'yes it is {n}', 'sure , {n}', 'its {f} {l}', 'sorry i meant {n}', 'the card holder is {n}', 'emergency contact is {n} , my sister', 'meeting with {n} at noon', '{f} and {f} are both on the lease',
    'the package for {f} {l} never came', 'did {f} {l} sign for it', "where is {f} 's order", 'i am {n} and i need help', 'im {f}', 'this is {f}', 'please update my name to {n}', 'beneficiary {n}',
    'transfer to {n}', 'i want to book for {f} , {f} and me', 'passenger names are {n} and {n}'],
  de: ['mein Name ist {n}', 'ich heiße {n}', 'ich bin {n} und habe eine Frage', 'hier ist {n}', 'hier spricht {n}', 'Mit freundlichen Grüßen {n}', 'Viele Grüße {f}', 'LG {f}', 'Gruß , {n}',
    'Hallo {f} , danke', 'Herr {l} hat angerufen', 'Frau {l} wollte zurückrufen', 'das Paket ist für {n}', 'auf den Namen {n}', 'die Bestellung läuft auf {n}', 'meine Frau {f} hat bestellt',
    'mein Mann {f} hat das gekauft', 'ich wohne in {c}', 'ich komme aus {c}', 'kann ich mit {n} sprechen', '{f} hat gesagt , dass es geht', 'Kontoinhaber ist {n}', 'Vorname {f} Nachname {l}', 'Name : {n}',
    'bitte an {n} liefern', 'das ist von {n}', 'ein Geschenk für {n}', 'die Karten sind für {n}', 'mein Chef {n} weiß Bescheid', 'ist das für {f} ?', '{n} hat unterschrieben', '{n} möchte das Geld zurück', 'der Vertrag mit {n}', 'Nachbar {n} hat es angenommen', 'ich schreibe für {n}', 'am Apparat {n}', 'schönen Tag noch {n}', 'danke , {n}', 'alles Gute {f}', 'der Techniker {n} war da', 'meine Tochter {f}', 'das Konto von {n}', 'eine Rechnung von {n}', 'Rechnung bitte auf {n}', 'nein , {n}', 'das wäre {n}', 'Gäste : {n} und {f}', 'freundlicher Gruß {n}', '{n}', 'ja , {n}', 'mein nachname ist {l}', 'sehr geehrter Herr {l}', 'sehr geehrte Frau {l}', 'Empfänger : {n}', 'ich bin die {f}', 'der Fahrer {f} war nett'],
  fr: ["je m'appelle {n}", 'mon nom est {n}', 'je suis {n}', "c'est {n} à l'appareil", 'Cordialement , {n}', 'Merci , {f}', 'Bonjour {f}', 'au nom de {n}', 'la commande est au nom de {n}', 'M. {l} a appelé',
    'Madame {l} attend une réponse', 'mon mari {f} a commandé', 'ma femme {f} a reçu le colis', "j'habite à {c}", 'je viens de {c}', 'puis-je parler à {n} ?', '{f} m’a dit de vous écrire', 'Nom : {l} Prénom : {f}',
    'nom {l} prénom {f}', '{n}', 'oui , {n}', 'le titulaire est {n}', 'livrer à {n}', 'un cadeau pour {n}', 'ça vient de {n}', 'le contrat avec {n}', '{n} a signé', '{n} veut un remboursement', 'mon voisin {n} l’a pris', 'ma fille {f}', 'le compte de {n}', 'bonne journée {n}', 'merci à vous , {n}', 'salutations {n}', 'non , {n}', 'ce serait {n}', 'de la part de {n}', 'une facture de {n}', 'la place est pour {n}', 'le destinataire est {n}', 'bien à vous {n}', 'monsieur {l} , 3 colis', 'ici {n}'],
  es: ['me llamo {n}', 'mi nombre es {n}', 'soy {n}', 'soy {f} , no puedo entrar', 'a nombre de {n}', 'Saludos , {n}', 'Gracias , {f}', 'Hola {f}', 'el pedido es de {n}', 'el señor {l} llamó ayer', 'la señora {l} espera',
    'mi mujer {f} hizo el pedido', 'mi marido {f} lo compró', 'vivo en {c}', 'soy de {c}', '¿ puedo hablar con {n} ?', '{f} me dijo que escribiera', 'nombre : {n}', 'apellido {l} nombre {f}', '{n}', 'sí , {n}', 'el titular es {n}',
    'enviar a {n}', 'un regalo para {n}', 'viene de {n}', 'el contrato con {n}', '{n} ha firmado', '{n} quiere un reembolso', 'mi vecina {n} lo cogió', 'mi hija {f}', 'la cuenta de {n}', 'buenos días , {n}', 'un abrazo , {n}', 'no , {n}', 'sería {n}', 'de parte de {n}', 'una factura de {n}', 'las entradas son para {n}', 'un saludo {f}', 'atentamente {n}', 'estimado {f}', 'mi apellido es {l}'],
  it: ['mi chiamo {n}', 'il mio nome è {n}', 'sono {n}', 'sono {f} , non riesco ad accedere', 'a nome di {n}', 'Cordiali saluti , {n}', 'Grazie , {f}', 'Ciao {f}', "l'ordine è di {n}", 'il signor {l} ha chiamato', 'la signora {l} aspetta',
    'mia moglie {f} ha ordinato', 'mio marito {f} ha comprato', 'abito a {c}', 'vengo da {c}', 'posso parlare con {n} ?', '{f} mi ha detto di scrivere', 'nome : {n}', 'cognome {l} nome {f}', '{n}', 'sì , {n}', 'intestato a {n}',
    'spedire a {n}', 'un regalo per {n}', 'viene da {n}', 'il contratto con {n}', '{n} ha firmato', '{n} vuole un rimborso', 'mia figlia {f}', 'il conto di {n}', 'buona giornata {n}', 'un saluto , {n}', 'no , {n}', 'sarebbe {n}', 'da parte di {n}', 'i biglietti sono per {n}', 'a presto {f}', 'gentile {f}', 'distinti saluti {n}', 'il cognome è {l}'],
  nl: ['mijn naam is {n}', 'ik heet {n}', 'ik ben {n}', 'met {n}', 'u spreekt met {n}', 'Met vriendelijke groet , {n}', 'Groetjes {f}', 'Bedankt , {f}', 'Hoi {f}', 'op naam van {n}', 'de bestelling is van {n}', 'meneer {l} heeft gebeld',
    'mevrouw {l} wacht', 'mijn vrouw {f} heeft besteld', 'mijn man {f} kocht het', 'ik woon in {c}', 'ik kom uit {c}', 'kan ik {n} spreken ?', '{f} zei dat het kon', 'naam : {n}', 'achternaam {l} voornaam {f}', '{n}', 'ja , {n}',
    'bezorgen bij {n}', 'een cadeau voor {n}', 'het komt van {n}', 'het contract met {n}', '{n} heeft getekend', 'mijn buurvrouw {n} nam het aan', 'mijn dochter {f}', 'de rekening van {n}', 'fijne dag {n}', 'vriendelijke groet {n}', 'nee , {n}', 'de kaartjes zijn voor {n}', 'namens {n}', 'groet , {f}', 'beste {f}'],
  pl: ['nazywam się {n}', 'mam na imię {f}', 'jestem {n}', 'z tej strony {n}', 'tu {n}', 'Pozdrawiam , {n}', 'Pozdrawiam {f}', 'Dziękuję , {f}', 'Cześć {f}', 'na nazwisko {l}', 'zamówienie na {n}', 'pan {l} dzwonił', 'pani {l} czeka',
    'moja żona {f} zamówiła', 'mój mąż {f} kupił', 'mieszkam w {c}', 'pochodzę z {c}', 'czy mogę rozmawiać z {n} ?', 'imię i nazwisko : {n}', 'imię {f} nazwisko {l}', '{n}', 'tak , {n}', 'odbiorca {n}', 'prezent dla {n}', 'to od {n}', 'umowa z {n}', 'moja córka {f}', 'konto {n}', 'miłego dnia {n}', 'serdecznie pozdrawiam {n}', 'nie , {n}', 'bilety są dla {n}', 'w imieniu {n}', 'podpisano {n}', 'dzień dobry , {n}', 'z poważaniem {n}'],
  pt: ['meu nome é {n}', 'chamo-me {n}', 'me chamo {n}', 'sou {n}', 'sou o {f}', 'sou a {f}', 'em nome de {n}', 'Atenciosamente , {n}', 'Obrigado , {f}', 'Olá {f}', 'a encomenda é de {n}', 'o senhor {l} ligou', 'a senhora {l} espera',
    'minha esposa {f} comprou', 'meu marido {f} pediu', 'moro em {c}', 'sou de {c}', 'posso falar com {n} ?', '{f} disse que sim', 'nome : {n}', 'apelido {l} nome {f}', '{n}', 'sim , {n}', 'titular {n}', 'entregar a {n}', 'um presente para {n}', 'veio de {n}', 'o contrato com {n}', '{n} assinou', 'minha filha {f}', 'a conta de {n}', 'bom dia , {n}', 'um abraço {n}', 'com os melhores cumprimentos {n}', 'não , {n}', 'os bilhetes são para {n}', 'da parte de {n}', 'abraços {f}'],
  sv: ['jag heter {n}', 'mitt namn är {n}', 'jag är {n}', 'det är {n}', 'detta är {n}', 'Med vänliga hälsningar , {n}', 'Mvh {f}', 'Hälsningar {n}', 'Tack , {f}', 'Hej {f}', 'i namnet {n}', 'beställningen står på {n}', 'herr {l} ringde',
    'fru {l} väntar', 'min fru {f} beställde', 'min man {f} köpte', 'jag bor i {c}', 'jag kommer från {c}', 'kan jag få prata med {n} ?', '{f} sa att det går', 'namn : {n}', 'förnamn {f} efternamn {l}', '{n}', 'ja , {n}', 'levereras till {n}', 'en present till {n}', 'det kom från {n}', 'avtalet med {n}', '{n} har skrivit under', 'min dotter {f}', 'kontot för {n}', 'ha en bra dag {n}', 'vänliga hälsningar {n}', 'nej , {n}', 'biljetterna är till {n}', 'från {n}', 'hälsar {f}'],
  tr: ['adım {n}', 'benim adım {n}', 'ismim {n}', 'ben {n}', 'ben {f} , giriş yapamıyorum', 'Saygılarımla {n}', 'Saygılar {f}', 'Teşekkürler , {f}', 'Merhaba {f}', '{n} adına', 'sipariş {n} adına', '{f} Bey aradı', '{f} Hanım bekliyor', 'sayın {n}',
    'eşim {f} sipariş verdi', '{c} şehrinde yaşıyorum', '{n} ile görüşebilir miyim', 'ad soyad : {n}', 'isim {f} soyisim {l}', '{n}', 'evet , {n}', 'alıcı {n}', '{n} için hediye', 'sözleşme {n} ile', '{n} imzaladı', 'kızım {f}', '{n} hesabı', 'iyi günler {n}', 'selamlar {n}', 'hayır , {n}', 'biletler {n} için', '{n} tarafından', 'kolay gelsin {f}'],
};
// What looks like a name's place and is none.
const none = ['my name is wrong on the invoice', 'my name is spelled wrong', 'this is urgent', 'this is ridiculous', "i'm angry", "i'm waiting since monday", 'i am a student', 'i am happy with it', 'hi there', 'hello again', 'hi team', 'hello everyone',
  'thanks a lot', 'thanks again', 'regards', 'best price', 'call me later', 'call me back', 'call me tomorrow', 'speak to a human', 'can I speak to someone', 'talk to an agent', 'the package for my mom', 'ask the driver', 'who is there', 'is anyone there',
  'play some music by the beatles', 'play songs by madonna', 'i want to hear elvis presley', 'add this song by taylor swift to my playlist', 'who wrote harry potter', 'what did albert einstein discover', 'book by stephen king', 'movies with tom hanks', 'weather in paris',
  'flights from london to berlin', 'i need a table for two in chicago', 'what time is it in tokyo', 'ich bin sauer', 'ich bin neu hier', 'hier ist nichts angekommen', 'ich heiße euch willkommen', 'viele grüße', 'danke schön', 'guten morgen zusammen', 'je suis en colère',
  'je suis client depuis hier', "c'est urgent", 'merci beaucoup', 'bonjour à tous', 'soy cliente', 'soy nuevo aquí', 'gracias por todo', 'hola buenas', 'sono arrabbiato', 'sono un cliente', 'grazie mille', 'ciao a tutti', 'ik ben boos', 'ik ben klant', 'dank je wel',
  'jestem zła', 'jestem klientem', 'dzień dobry', 'sou cliente', 'obrigado pela ajuda', 'jag är kund', 'jag är arg', 'tack så mycket', 'ben müşteriyim', 'teşekkür ederim', 'the red one', 'the summer sale', 'amber lamp please', 'rose gold case', 'a jack adapter',
  'bill me later', 'mark it as paid', 'will it arrive in may', 'the april invoice', 'hunter green sofa', 'olive oil', 'a pat on the back', 'grace period', 'faith in you', 'i hope so', 'joy', 'ok', 'yes please', 'no thanks', 'maybe later', 'order', 'shipping', 'refund',
  'iphone charger', 'samsung galaxy', 'a levi jacket', 'dyson vacuum', 'harman speaker', 'ford focus tyres', 'mercedes key', 'black and decker drill', 'dell laptop', 'hp printer', 'john deere tractor parts', 'jack daniels bottle', 'ben and jerry ice cream', 'calvin klein jeans',
  'tommy hilfiger shirt', 'dr martens boots', 'st patrick day', 'christmas gift', 'saint valentine gift', 'the wells fargo branch', 'chase account', 'morgan stanley fund', 'mastercard', 'visa', 'american express', 'paypal', 'western union', 'dhl', 'ups', 'fedex',
  // German writes every noun with a capital letter.
  'Die Lieferung ist noch nicht da', 'Meine Bestellung fehlt', 'Wo ist mein Paket', 'Der Fahrer war nicht da', 'Das Gerät ist kaputt', 'Die Waschmaschine macht Lärm', 'Ich brauche eine Rechnung', 'Die Kreditkarte wurde abgelehnt', 'Bitte ändern Sie meine Adresse',
  'Meine Kontonummer hat sich geändert', 'Der Gutschein funktioniert nicht', 'Die Überweisung ist angekommen', 'Wann öffnet das Geschäft', 'Die Lampe flackert im Wohnzimmer', 'Ich habe eine Frage zur Rückgabe', 'Mein Passwort geht nicht', 'Die Seite lädt nicht', 'Der Preis ist zu hoch',
  'Ist der Artikel auf Lager', 'Ich möchte mein Geld zurück', 'Die Telefonnummer ist falsch', 'Der Termin passt nicht', 'Mein Konto ist gesperrt', 'Die Garantie gilt zwei Jahre', 'Der Stuhl hat einen Kratzer', 'Die Farbe gefällt mir nicht', 'Ich warte auf die Rückerstattung', 'Der Kundendienst antwortet nicht',
  'Zahlung per Rechnung geht nicht', 'Versand nach Österreich', 'Überweisung ging gestern raus', 'Anschrift bitte ändern', 'Steuernummer fehlt auf der Rechnung', 'Kennzeichen vom Auto', 'Führerschein ist abgelaufen', 'Personalausweis verloren', 'Bestätigung kam nicht an', 'Gute Nacht', 'Schönes Wochenende', 'Guten Tag',
  'La livraison est en retard', 'Mon colis est perdu', 'Le produit est cassé', 'Je voudrais un remboursement', 'Bonne journée', 'Le Livreur est passé', 'Votre Service Client est lent', 'Ma Carte Bleue est bloquée', 'El pedido no ha llegado', 'La caja estaba rota', 'Quiero una devolución', 'Buenas Tardes', 'La Tarjeta no funciona',
  'Il pacco è in ritardo', 'La spedizione è bloccata', 'Vorrei un rimborso', 'Buona Sera', 'Het pakket is kwijt', 'De Bezorger kwam niet', 'Ik wil mijn geld terug', 'Goedemorgen', 'Paczka nie dotarła', 'Chcę zwrot pieniędzy', 'Dobry Wieczór', 'A encomenda está atrasada', 'Quero o reembolso', 'Boa Tarde', 'Paketet har inte kommit',
  'Jag vill ha pengarna tillbaka', 'God Morgon', 'Paket gelmedi', 'İade istiyorum', 'İyi Günler', 'The Order is Late', 'My Card was Declined', 'Please Help Me', 'Customer Service', 'Terms and Conditions', 'Where Is My Refund', 'Good Morning', 'Happy New Year', 'Black Friday Deal', 'Prime Day', 'Track My Parcel', 'The Living Room Lamp',
  'Ready to Ship', 'Order Confirmation', 'Out of Stock', 'Gift Card Balance', 'Return Policy', 'i spoke to your team yesterday', 'could you tell me that', 'thanks for everything', 'please add it to the cart', 'the order was placed on friday', 'it should be on the label', 'hello , good morning', 'account closed', 'ask for a refund'];

const out = [];
function tokens(text, label) {
  const words = text.split(/\s+/).filter(Boolean);
  return words.map((word, i) => `${word}\t${label === 'O' ? 'O' : `${i === 0 ? 'B' : 'I'}-${label}`}`);
}
function fill(frame, lang) {
  const rows = [];
  for (const part of frame.split(/(\{[flnc]\}('s)?)/).filter((p) => p !== undefined && p !== "'s")) {
    if (part === '{f}') rows.push(...tokens(first(lang), 'PER'));
    else if (part === '{l}') rows.push(...tokens(last(lang), 'PER'));
    else if (part === '{n}') rows.push(...tokens(full(lang), 'PER'));
    else if (part === '{c}') rows.push(...tokens(pick(cities), 'LOC'));
    else rows.push(...tokens(part, 'O'));
  }
  out.push(rows.join('\n'));
}
for (const [lang, list] of Object.entries(frames)) for (const frame of list) for (let i = 0; i < (lang === 'en' ? 70 : 60); i++) fill(frame, lang);
for (const line of none) for (let i = 0; i < 6; i++) out.push(tokens(line, 'O').join('\n'));
// Values of other kinds, so that they are not taken for names.
const coded = ['my iban is {x}', 'my card {x}', 'token {x}', 'order {x} is late', 'the vin is {x}', 'meine IBAN lautet {x}', 'mon IBAN : {x}', 'mi IBAN es {x}', 'my passport number is {x}', 'license plate {x}', 'my plate is {x}', 'tracking {x}', 'invoice {x}',
  'my key is {x}', 'my password is {x}', 'Bestellung {x} fehlt', 'commande {x}', 'numero {x}', 'my email is {x}', 'the code is {x}', 'my pesel is {x}', 'codice fiscale {x}', 'mi dni es {x}', 'meine Steuer-ID ist {x}', 'my zip is {x}', '{x}', 'call me at {x}', 'ruf mich an {x}', 'appelez le {x}'];
const code = () => Array.from({ length: 2 + random(3) }, () => Array.from({ length: 2 + random(6) }, () => 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789'[random(34)]).join('')).join(random(2) ? '' : ' ');
for (const line of coded) for (let i = 0; i < 40; i++) out.push(tokens(line.replace('{x}', code()), 'O').join('\n'));
writeFileSync(output, `${out.join('\n\n')}\n`);

// Requests that name nobody of the visitor's, from the training halves of the intents; those intents that ask for names are left out.
const about = /^(change_user_name|change_ai_name|user_name|what_is_your_name|who_made_you|share_location)$/;
const plain = ['clinc150/train.tsv', 'clinc150/oos_train.tsv', 'snips/train.tsv', 'hwu64/train.tsv'].flatMap((file) =>
  readFileSync(`${data}/intents/${file}`, 'utf8').split('\n').filter(Boolean).filter((line) => !about.test(line.split('\t')[1] ?? '')).map((line) => line.split('\t')[0]));
writeFileSync(`${output}.weak`, `${plain.map((line) => tokens(line.replace(/([,.?!])/g, ' $1 '), 'O').join('\n')).join('\n\n')}\n`);
console.log(`${out.length} sentences, ${plain.length} plain ones`);
