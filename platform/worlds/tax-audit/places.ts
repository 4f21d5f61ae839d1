/** Eight invented cities: no real place is meant. */
export const CITIES = [
  { id: 'port_cedre', fr: 'Port-Cèdre', ar: 'ميناء الأرز', en: 'Port Cedar' },
  { id: 'val_safran', fr: 'Val-Safran', ar: 'وادي الزعفران', en: 'Saffron Vale' },
  { id: 'mont_thuya', fr: 'Mont-Thuya', ar: 'جبل العرعار', en: 'Mount Thuya' },
  { id: 'plaine_lin', fr: 'Plaine-du-Lin', ar: 'سهل الكتان', en: 'Flax Plain' },
  { id: 'source_menthe', fr: 'Source-Menthe', ar: 'عين النعناع', en: 'Mint Spring' },
  { id: 'oued_laurier', fr: 'Oued-Laurier', ar: 'واد الرند', en: 'Laurel Wadi' },
  { id: 'dune_jasmin', fr: 'Dune-Jasmin', ar: 'كثيب الياسمين', en: 'Jasmine Dune' },
  { id: 'haut_figuier', fr: 'Haut-Figuier', ar: 'أعالي التين', en: 'Upper Fig' },
] as const;
export type CityId = (typeof CITIES)[number]['id'];

export const SECTORS = [
  { id: 'retail', fr: 'commerce de détail', ar: 'تجارة التقسيط', en: 'retail' },
  { id: 'food', fr: 'restauration', ar: 'المطاعم والمقاهي', en: 'food service' },
  { id: 'crafts', fr: 'artisanat', ar: 'الصناعة التقليدية', en: 'crafts' },
  { id: 'services', fr: 'services', ar: 'الخدمات', en: 'services' },
  { id: 'transport', fr: 'transport', ar: 'النقل', en: 'transport' },
  { id: 'construction', fr: 'bâtiment', ar: 'البناء', en: 'construction' },
  { id: 'wholesale', fr: 'commerce de gros', ar: 'تجارة الجملة', en: 'wholesale' },
  { id: 'manufacture', fr: 'industrie', ar: 'الصناعة', en: 'manufacture' },
] as const;
export type SectorId = (typeof SECTORS)[number]['id'];
