/** Twelve invented regions, named after trees and herbs: no real place is meant. */
export const REGIONS = [
  { id: 'olivier', fr: "Région de l'Olivier", ar: 'جهة الزيتون', en: 'Olive Region' },
  { id: 'cedre', fr: 'Région du Cèdre', ar: 'جهة الأرز', en: 'Cedar Region' },
  { id: 'arganier', fr: "Région de l'Arganier", ar: 'جهة الأركان', en: 'Argan Region' },
  { id: 'palmier', fr: 'Région du Palmier', ar: 'جهة النخيل', en: 'Palm Region' },
  { id: 'jasmin', fr: 'Région du Jasmin', ar: 'جهة الياسمين', en: 'Jasmine Region' },
  { id: 'laurier', fr: 'Région du Laurier', ar: 'جهة الرند', en: 'Laurel Region' },
  { id: 'figuier', fr: 'Région du Figuier', ar: 'جهة التين', en: 'Fig Region' },
  { id: 'grenadier', fr: 'Région du Grenadier', ar: 'جهة الرمان', en: 'Pomegranate Region' },
  { id: 'amandier', fr: "Région de l'Amandier", ar: 'جهة اللوز', en: 'Almond Region' },
  { id: 'thuya', fr: 'Région du Thuya', ar: 'جهة العرعار', en: 'Thuya Region' },
  { id: 'caroubier', fr: 'Région du Caroubier', ar: 'جهة الخروب', en: 'Carob Region' },
  { id: 'safran', fr: 'Région du Safran', ar: 'جهة الزعفران', en: 'Saffron Region' },
] as const;

export type RegionId = (typeof REGIONS)[number]['id'];
