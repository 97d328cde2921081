//! Administrative divisions: names and short forms of GB/T 2260.

use crate::observation::RegionCode;
use crate::period::Date;

/// Index of a region in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RegionId(u32);

/// One division.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// GB/T 2260 code.
    pub code: RegionCode,
    /// Full official name.
    pub name: String,
    /// Last month of a name that is no longer used.
    pub until: Option<Date>,
}

/// How high a division stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// 全国.
    Nation,
    /// Provinces, autonomous regions, municipalities.
    Province,
    /// Prefecture-level cities, prefectures, leagues.
    Prefecture,
    /// Counties, districts, county-level cities, banners.
    County,
}

/// The table.
#[derive(Debug, Default)]
pub struct Regions {
    regions: Vec<Region>,
}

impl Regions {
    /// Adds a row.
    pub(super) fn push(&mut self, region: Region) -> RegionId {
        self.regions.push(region);
        RegionId(self.regions.len() as u32 - 1)
    }

    /// The division of this code and name, to change its last month.
    pub(super) fn find(&mut self, code: RegionCode, name: &str) -> Option<(RegionId, &mut Region)> {
        let mut ids = (0..).map(RegionId).zip(&mut self.regions);
        ids.find(|(_, region)| region.code == code && region.name == name)
    }

    /// A division.
    pub fn get(&self, id: RegionId) -> &Region {
        &self.regions[id.0 as usize]
    }

    /// How high it stands, from its code.
    pub fn tier(&self, id: RegionId) -> Tier {
        tier(self.get(id).code)
    }

    /// The current division with this code.
    pub fn by_code(&self, code: RegionCode) -> Option<RegionId> {
        self.regions
            .iter()
            .position(|region| region.code == code && region.until.is_none())
            .map(|i| RegionId(i as u32))
    }

    /// Whether `inner` lies in `outer` (or is it).
    pub fn within(&self, inner: RegionId, outer: RegionId) -> bool {
        let (inner, outer) = (self.get(inner).code, self.get(outer).code);
        match tier(outer) {
            Tier::Nation => true,
            Tier::Province => inner.0 / 10_000 == outer.0 / 10_000,
            Tier::Prefecture => inner.0 / 100 == outer.0 / 100,
            Tier::County => inner == outer,
        }
    }

    /// The division that encloses a region at a tier: the province of a city.
    pub fn enclosing(&self, id: RegionId, at: Tier) -> Option<RegionId> {
        let code = self.get(id).code.0;
        self.by_code(RegionCode(match at {
            Tier::Nation => 100_000,
            Tier::Province => code / 10_000 * 10_000,
            Tier::Prefecture => code / 100 * 100,
            Tier::County => code,
        }))
    }
}

fn tier(code: RegionCode) -> Tier {
    match code.0 {
        100_000 => Tier::Nation,
        code if code % 10_000 == 0 => Tier::Province,
        code if code % 100 == 0 => Tier::Prefecture,
        _ => Tier::County,
    }
}
