// Values by type, from generators that know the rules better than the detector's authors: faker, stdnum, libphonenumber, ibantools,
// validator. Every number comes from one seed.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { allFakers, faker } from '@faker-js/faker';
import { stdnum } from 'stdnum';
import validator from 'validator';
import * as ibantools from 'ibantools';
import { isValidPhoneNumber, parsePhoneNumberFromString, getExampleNumber } from 'libphonenumber-js/max';

const require = createRequire(import.meta.url);
const examples = JSON.parse(readFileSync(require.resolve('libphonenumber-js/examples.mobile.json')));

let state = 1;
export function seed(n) {
  state = n;
  for (const f of [faker, ...Object.values(allFakers)]) {
    f.seed(n);
    f.setDefaultRefDate('2026-01-01T00:00:00.000Z'); // the same sentences on every day
  }
}
export const random = (n) => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return Math.floor((state / 2 ** 32) * n); };
export const pick = (list) => list[random(list.length)];
const digits = (n) => Array.from({ length: n }, () => random(10)).join('');
const letters = (n) => Array.from({ length: n }, () => String.fromCharCode(65 + random(26))).join('');
const alnum = (n, set = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789') => Array.from({ length: n }, () => set[random(set.length)]).join('');
const group = (text, sizes, mark) => { const out = []; let at = 0; for (const s of sizes) { out.push(text.slice(at, at + s)); at += s; } if (at < text.length) out.push(text.slice(at)); return out.filter(Boolean).join(mark); };

export const fakers = { da: allFakers.da, cs: allFakers.cs_CZ, en: allFakers.en, de: allFakers.de, fr: allFakers.fr, es: allFakers.es, it: allFakers.it, nl: allFakers.nl, pl: allFakers.pl, pt: allFakers.pt_PT, sv: allFakers.sv, tr: allFakers.tr };

function card() {
  const [head, length] = pick([['4', 16], ['51', 16], ['55', 16], ['2221', 16], ['34', 15], ['37', 15], ['6011', 16], ['3528', 16], ['36', 14], ['62', 16], ['4', 16], ['53', 16]]);
  for (;;) {
    const number = head + digits(length - head.length);
    if (!validator.isCreditCard(number) && !validator.isLuhnNumber(number)) continue;
    const sizes = length === 16 ? [4, 4, 4, 4] : length === 15 ? [4, 6, 5] : [4, 6, 4];
    return pick([number, group(number, sizes, ' '), group(number, sizes, '-')]);
  }
}
function iban() {
  for (;;) {
    const value = faker.finance.iban({ formatted: false });
    if (ibantools.isValidIBAN(value)) return pick([value, ibantools.friendlyFormatIBAN(value), value.toLowerCase()]);
  }
}
const regions = Object.keys(examples);
function phone() {
  const common = ['US', 'GB', 'DE', 'FR', 'ES', 'IT', 'NL', 'PL', 'PT', 'SE', 'TR', 'IN', 'BR', 'MX', 'AU', 'CA', 'CH', 'AT', 'BE', 'IE', 'DK', 'NO', 'FI', 'CZ', 'JP'];
  for (;;) {
    const region = random(2) ? pick(common) : pick(regions), example = getExampleNumber(region, examples);
    if (!example) continue;
    const n = example.nationalNumber, number = n.slice(0, Math.max(3, n.length - 6)) + digits(Math.min(6, n.length - 3));
    if (!isValidPhoneNumber(`+${example.countryCallingCode}${number}`)) continue;
    const parsed = parsePhoneNumberFromString(`+${example.countryCallingCode}${number}`);
    const kind = random(5);
    if (kind === 0) return { text: parsed.format('E.164') };
    if (kind === 1) return { text: parsed.formatInternational() };
    if (kind === 2) return { text: parsed.formatNational(), country: region };
    if (kind === 3) return { text: parsed.formatNational().replace(/[^\d]/g, ''), country: region };
    return { text: common.includes(region) ? parsed.formatNational() : parsed.formatInternational() };
  }
}
const ssn = () => { for (;;) { const n = digits(9); if (stdnum.US.ssn.validate(n).isValid) return pick([group(n, [3, 2, 4], '-'), n, group(n, [3, 2, 4], ' ')]); } };
function aba() { for (;;) { const n = `${pick(['0', '1', '2', '3'])}${digits(8)}`; const s = [...n].reduce((a, c, i) => a + c * [3, 7, 1][i % 3], 0); if (s % 10 === 0 && +n.slice(0, 2) >= 1 && +n.slice(0, 2) <= 32 && !(+n.slice(0, 2) > 12 && +n.slice(0, 2) < 21)) return n; } }
function imei() { for (;;) { const n = `35${digits(13)}`; if (validator.isIMEI(n)) return n; } }
const vin = () => { for (;;) { const n = faker.vehicle.vin(); if (!/[IOQ]/.test(n) && /\d.*\d.*\d/.test(n)) return n; } };

export const makers = {
  CARD: () => card(), IBAN: () => iban(), EMAIL: (lang) => (fakers[lang] ?? faker).internet.email(), PHONE: () => phone(),
  IP: () => (random(3) ? faker.internet.ipv4() : faker.internet.ipv6()), US_SSN: ssn,
  URL: () => pick([() => faker.internet.url(), () => `${faker.internet.url()}${faker.system.directoryPath()}`, () => `${faker.internet.url({ appendSlash: true })}item?id=${random(9999)}&x=${alnum(5)}`, () => `www.${faker.internet.domainName()}`])(),
  STREET: (lang) => (fakers[lang] ?? faker).location.streetAddress(),
  PERSON: (lang) => { const f = fakers[lang] ?? faker; return random(4) ? `${f.person.firstName()} ${f.person.lastName()}` : f.person.firstName(); },
  PASSWORD: () => pick([() => faker.internet.password({ length: 8 + random(8) }), () => `${faker.word.noun()}${random(1000)}`, () => `${faker.word.adjective()}${pick(['!', '#', '$', '_'])}${random(99)}`])(),
  PIN: () => digits(pick([4, 4, 6])), CVV: () => digits(pick([3, 3, 4])), OTP: () => digits(6),
  BIRTH_DATE: () => { const d = faker.date.birthdate(), y = d.getFullYear(), m = d.getMonth() + 1, day = d.getDate(), p = (n) => String(n).padStart(2, '0');
    return pick([`${p(day)}/${p(m)}/${y}`, `${y}-${p(m)}-${p(day)}`, `${p(day)}.${p(m)}.${y}`, `${p(m)}/${p(day)}/${String(y).slice(2)}`]); },
  VIN: vin, PLATE: () => pick([() => faker.vehicle.vrm(), () => `${letters(2)}-${digits(3)}-${letters(2)}`, () => `${letters(1)}-${letters(2)} ${digits(4)}`, () => `${digits(1)}${letters(3)}${digits(3)}`])(),
  PASSPORT: () => pick([() => digits(9), () => letters(1) + digits(8), () => letters(2) + digits(7), () => `C${alnum(8, '0123456789CFGHJKLMNPRTVWXYZ')}`].map((f) => () => { for (;;) { const v = f(); if ((v.match(/\d/g) ?? []).length >= 4) return v; } }))(),
  LICENCE: () => pick([() => letters(1) + digits(7), () => digits(8), () => `${letters(5)}${digits(6)}${letters(2)}${digits(1)}${letters(2)}`, () => letters(1) + digits(12)])(),
  BANK_ACCOUNT: () => digits(8 + random(5)), BANK_ROUTING: aba, MAC: () => faker.internet.mac(), IMEI: imei,
  GPS: () => `${(random(170000) / 1000 - 85).toFixed(5)}, ${(random(350000) / 1000 - 175).toFixed(5)}`,
  WALLET: () => pick(['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', `0x${alnum(40, '0123456789abcdef')}`, '3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy', 'LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1']),
  API_KEY: () => pick([() => `AKIA${alnum(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`, () => `ghp_${alnum(36)}`, () => `sk_live_${alnum(24)}`, () => `xoxb-${digits(11)}-${digits(12)}-${alnum(24)}`, () => `glpat-${alnum(20)}`, () => `AIza${alnum(35)}`, () => `sk-ant-api03-${alnum(40)}`, () => `hf_${alnum(34)}`, () => `npm_${alnum(36)}`, () => `SG.${alnum(22)}.${alnum(43)}`])(),
  JWT: () => `eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.${Buffer.from(JSON.stringify({ sub: digits(6), n: alnum(8) })).toString('base64url')}.${alnum(43)}`,
};

// Our type -> the reference validator, a shape to draw from (# digit, @ letter, * either, others as they are) and what people call it.
export const nationals = [
  ['AL_NID', 'AL.nipt', 'J########@', ['NIPT']], ['AT_SVNR', 'AT.vnr', '##########', ['SVNR', 'Sozialversicherungsnummer']], ['AT_TAX', 'AT.tin', '#########', ['Steuernummer']],
  ['AU_TFN', 'AU.tfn', '#########', ['TFN', 'tax file number']], ['AU_ABN', 'AU.abn', '###########', ['ABN']], ['BE_NN', 'BE.nn', '~yymmdd#####', ['Rijksregisternummer', 'numéro national']],
  ['BG_EGN', 'BG.egn', '~yymmdd####', ['EGN', 'ЕГН']], ['BR_CPF', 'BR.cpf', '###########', ['CPF']], ['BR_CNPJ', 'BR.cnpj', '########0001##', ['CNPJ']], ['CA_SIN', 'CA.sin', '#########', ['SIN', 'social insurance number']],
  ['CH_AHV', 'CH.ssn', '756##########', ['AHV-Nummer', 'numéro AVS']], ['CL_RUT', 'CL.rut', '########*', ['RUT']], ['CN_RIC', 'CN.ric', '110101~19yymmdd####', ['身份证号', 'ID card number']], ['CO_NIT', 'CO.nit', '#########', ['NIT']],
  ['CZ_RC', 'CZ.rc', '~yymmdd####', ['rodné číslo']], ['DE_TAX_ID', 'DE.idnr', '###########', ['Steuer-ID', 'Steueridentifikationsnummer']], ['DE_PENSION', 'DE.svnr', '~12ddmmyy@###', ['Rentenversicherungsnummer']],
  ['DK_CPR', 'DK.cpr', '~ddmmyy####', ['CPR-nummer', 'CPR']], ['DO_CEDULA', 'DO.cedula', '###########', ['cédula']], ['EC_CI', 'EC.ci', '17########', ['cédula de identidad']], ['EE_IK', 'EE.ik', '3~yymmdd####', ['isikukood']],
  ['ES_DNI', 'ES.dni', '########@', ['DNI']], ['ES_NIE', 'ES.nie', 'X#######@', ['NIE']], ['ES_NSS', 'ES.nss', '28##########', ['número de la seguridad social']], ['FI_HETU', 'FI.hetu', '~ddmmyy-###*', ['henkilötunnus', 'HETU']],
  ['FR_NIR', 'FR.nir', '1~yymm75########', ['numéro de sécurité sociale', 'NIR']], ['FR_SPI', 'FR.nif', '0############', ['numéro fiscal']], ['GB_NINO', 'GB.nino', 'AB######C', ['national insurance number', 'NI number']],
  ['GB_UTR', 'GB.utr', '##########', ['UTR']], ['GR_AMKA', 'GR.amka', '~ddmmyy#####', ['AMKA']], ['GR_AFM', 'GR.vat', '#########', ['ΑΦΜ', 'AFM']], ['GT_CUI', 'GT.cui', '#########0101', ['CUI', 'DPI']], ['HR_OIB', 'HR.oib', '###########', ['OIB']],
  ['ID_NPWP', 'ID.npwp', '01#######000000', ['NPWP']], ['IE_PPS', 'IE.pps', '#######@', ['PPS number', 'PPSN']], ['IL_ID', 'IL.idnr', '#########', ['teudat zehut']], ['IN_AADHAAR', 'IN.aadhaar', '############', ['Aadhaar number', 'Aadhaar']],
  ['IN_PAN', 'IN.pan', '@@@P@####@', ['PAN card', 'PAN number']], ['IN_VOTER', 'IN.epic', '@@@#######', ['voter id']], ['IS_KT', 'IS.kennitala', '~ddmmyy###9', ['kennitala']], ['IT_CF', 'IT.codicefiscale', '@@@@@@85M41H501@', ['codice fiscale']],
  ['KR_RRN', 'KR.rrn', '~yymmdd1######', ['주민등록번호', 'RRN']], ['LT_AK', 'LT.asmens', '3~yymmdd####', ['asmens kodas']], ['LV_PK', 'LV.pvn', '~ddmmyy1####', ['personas kods']], ['MD_IDNP', 'MD.idno', '#############', ['IDNP']],
  ['ME_JMBG', 'ME.jmbg', '~ddmm985######', ['JMBG']], ['MX_CURP', 'MX.curp', 'BOXW~yymmddHDF@@@0#', ['CURP']], ['MX_RFC', 'MX.rfc', 'GODE~yymmddGR8', ['RFC']], ['MY_NRIC', 'MY.nric', '~yymmdd14####', ['MyKad', 'NRIC']], ['NL_BSN', 'NL.bsn', '#########', ['BSN', 'burgerservicenummer']],
  ['NO_FNR', 'NO.fodselsnummer', '~ddmmyy#####', ['fødselsnummer']], ['PE_RUC', 'PE.ruc', '10#########', ['RUC']], ['PK_CNIC', 'PK.cnic', '3###########1', ['CNIC']], ['PL_PESEL', 'PL.pesel', '~yymmdd#####', ['PESEL', 'numer PESEL']], ['PL_NIP', 'PL.nip', '##########', ['NIP']],
  ['PT_NIF', 'PT.nif', '2########', ['NIF', 'número de contribuinte']], ['PT_CC', 'PT.cc', '#########ZZ#', ['cartão de cidadão']], ['PY_RUC', 'PY.ruc', '########', ['RUC']], ['RO_CNP', 'RO.cnp', '1~yymmdd12####', ['CNP', 'cod numeric personal']], ['RS_JMBG', 'RS.jmbg', '~ddmm985######', ['JMBG']],
  ['RU_INN', 'RU.inn', '############', ['ИНН', 'INN']], ['SE_PNR', 'SE.personnummer', '~yymmdd-####', ['personnummer']], ['SI_EMSO', 'SI.emso', '~ddmm985500###', ['EMŠO']], ['SK_RC', 'SK.rc', '~yymmdd####', ['rodné číslo']], ['SV_NIT', 'SV.nit', '0614~ddmmyy101#', ['NIT']],
  ['TH_ID', 'TH.idnr', '1############', ['Thai ID', 'เลขบัตรประชาชน']], ['TR_TCKN', 'TR.tckimlik', '###########', ['TC kimlik no', 'TC kimlik numarası']], ['TR_VKN', 'TR.vkn', '##########', ['vergi kimlik']], ['UA_RNOKPP', 'UA.rntrc', '##########', ['РНОКПП']],
  ['US_EIN', 'US.ein', '12-#######', ['EIN', 'employer identification number']], ['UY_CI', 'UY.cedula', '########', ['cédula de identidad']], ['VE_RIF', 'VE.rif', 'V#########', ['RIF']], ['VN_CCCD', null, '001#########', ['CCCD']], ['ZA_ID', 'ZA.idnr', '~yymmdd5###08#', ['South African ID', 'identity number']],
  ['MZ_NUIT', 'MZ.nuit', '#########', ['NUIT']], ['KE_PIN', 'KE.pin', 'A#########@', ['KRA PIN']], ['AR_CUIT', 'AR.cuit', '20#########', ['CUIT', 'CUIL']], ['MK_EMBG', 'MK.jmbg', '~ddmm985######', ['ЕМБГ']], ['BA_JMBG', 'BA.jmbg', '~ddmm985######', ['JMBG']], ['CU_NI', 'CU.ni', '~yymmdd#####', ['carné de identidad']],
];

export function national([, path, shape]) {
  const reference = path?.split('.').reduce((o, k) => o?.[k], stdnum);
  for (let tries = 0; tries < 60000; tries++) {
    const p = (n) => String(n).padStart(2, '0'), d = p(1 + random(28)), m = p(1 + random(12)), y = p(50 + random(45));
    let value = shape.replace(/~(\d*)((?:yy|mm|dd)+)/, (_, head, order) => head + order.replace(/yy/, y).replace(/mm/, m).replace(/dd/, d));
    value = value.replace(/[#@*]/g, (c) => (c === '#' ? random(10) : c === '@' ? letters(1) : alnum(1, '0123456789ABCDEFGHJKLMNPRSTUVWXYK')));
    if (!path || reference?.validate(value).isValid) return !path || random(2) ? value : reference.format?.(value) || value;
  }
  return null;
}

// Numbers that belong to things.
export const harmless = {
  order: () => pick([digits(8), digits(9), digits(10), digits(7), `${digits(3)}-${digits(7)}-${digits(7)}`, `#${digits(6)}`, `SO-${digits(6)}`, `${letters(2)}${digits(8)}`, `ORD${digits(9)}`]),
  price: () => pick([`$${faker.commerce.price()}`, `${faker.commerce.price()} EUR`, `€${random(9)},${digits(3)}.${digits(2)}`, `${digits(4)},${digits(2)} zł`, `£${digits(5)}`]),
  date: () => { const d = faker.date.recent({ days: 900 }).toISOString(); return pick([d.slice(0, 10), `${d.slice(8, 10)}.${d.slice(5, 7)}.${d.slice(0, 4)}`, `${d.slice(5, 7)}/${d.slice(8, 10)}/${d.slice(2, 4)}`, d, String(Date.parse(d))]); },
  version: () => pick([faker.system.semver(), `v${faker.system.semver()}`, `${random(20)}.${random(30)}.${random(9999)}.${random(20)}`, `build ${digits(5)}`]),
  tracking: () => pick([`1Z${alnum(6, 'ABCDEFGHJKLMNPRSTUVWXYZ0123456789')}${digits(10)}`, digits(12), digits(20), `9400${digits(18)}`, `${letters(2)}${digits(9)}GB`, `JD${digits(16)}`, `00340${digits(15)}`]),
};
