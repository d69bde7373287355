// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Fees} from "./Fees.sol";
import {ICourt, Tariff, Timing} from "./ICourt.sol";

/// @title Tariffs: what governance may set in the house court, within bounds. See {ICourt}.
abstract contract Tariffs is ICourt, Ownable {
    using Fees for uint256;
    using Fees for uint32;

    /// @dev Small orders need the first word only.
    struct Entry {
        uint16 number;
        uint16 feeBps;
        uint80 minFee;
        uint128 smallBelow;
        uint128 mediumBelow;
    }

    uint256 internal constant BPS = 10_000;
    uint256 internal constant FIRST_PANEL = 3;
    /// A juror never earns more than a twentieth of what is at stake, however governance votes.
    uint256 private constant MAX_FEE_BPS = 500;
    uint256 private constant MAX_FEE = type(uint96).max;
    uint16 private constant DEFAULT_FEE_BPS = 100;
    uint256 private constant TIERS = 3;
    uint256 private constant MIN_PERIOD = 15 minutes;
    /// Three rounds fit into the 30 days that the order book waits, with three days for draws that come late.
    uint256 private constant MAX_ROUND = 9 days;

    mapping(address currency => Entry) private _entries;
    /// Numbers start at one and are never given twice, so that an open dispute finds its currency.
    mapping(uint256 number => address currency) private _currencies;
    uint16 private _count;
    mapping(uint256 tier => Timing) private _timings;

    constructor() {
        _setTiming(0, Timing(45 minutes, 45 minutes, 45 minutes, 45 minutes));
        _setTiming(1, Timing(1 days, 12 hours, 12 hours, 1 days));
        _setTiming(2, Timing(2 days, 36 hours, 24 hours, 36 hours));
    }

    /// @inheritdoc ICourt
    function setTariff(address currency, Tariff calldata tariff) external onlyOwner {
        require(
            tariff.feeBps <= MAX_FEE_BPS && tariff.smallBelow <= tariff.mediumBelow, Court_InvalidTariff(currency)
        );
        uint16 number = _entries[currency].number;
        _setEntry(
            currency,
            Entry(
                number == 0 ? _nextNumber(currency) : number,
                tariff.feeBps,
                tariff.minFee,
                tariff.smallBelow,
                tariff.mediumBelow
            )
        );
    }

    /// @inheritdoc ICourt
    function setTiming(uint8 tier, Timing calldata timing) external onlyOwner {
        require(tier < TIERS && _isSound(timing), Court_InvalidTiming(tier));
        _setTiming(tier, timing);
    }

    /// @inheritdoc ICourt
    function feeOf(address currency, uint256 atStake)
        public
        view
        returns (uint256 fee, uint256 perJuror, uint8 tier)
    {
        Entry memory entry = _entries[currency];
        uint32 packed;
        (packed, tier) = _quote(entry.number == 0 ? _defaultEntry(0) : entry, atStake);
        perJuror = packed.unpack();
        fee = FIRST_PANEL * perJuror;
    }

    /// @inheritdoc ICourt
    function tariffOf(address currency) external view returns (Tariff memory) {
        Entry memory entry = _entries[currency];
        if (entry.number == 0) entry = _defaultEntry(0);
        return Tariff(entry.minFee, entry.feeBps, entry.smallBelow, entry.mediumBelow);
    }

    /// @inheritdoc ICourt
    function timingOf(uint8 tier) external view returns (Timing memory) {
        return _timings[tier];
    }

    /// @dev Enters a currency that governance has not priced under the default: no least fee, tier 1.
    function _enterQuote(address currency, uint256 atStake)
        internal
        returns (uint16 number, uint32 perJuror, uint8 tier)
    {
        Entry storage entry = _entries[currency];
        if (entry.number == 0) _setEntry(currency, _defaultEntry(_nextNumber(currency)));
        number = entry.number;
        (perJuror, tier) = _quote(entry, atStake);
    }

    function _timing(uint8 tier) internal view returns (Timing memory) {
        return _timings[tier];
    }

    function _currency(uint16 number) internal view returns (address) {
        return _currencies[number];
    }

    function _nextNumber(address currency) private returns (uint16 number) {
        number = ++_count;
        _currencies[number] = currency;
    }

    function _setEntry(address currency, Entry memory entry) private {
        _entries[currency] = entry;
        emit TariffSet(currency, entry.minFee, entry.feeBps, entry.smallBelow, entry.mediumBelow);
    }

    function _setTiming(uint8 tier, Timing memory timing) private {
        _timings[tier] = timing;
        emit TimingSet(
            tier, timing.evidenceSeconds, timing.commitSeconds, timing.revealSeconds, timing.appealSeconds
        );
    }

    function _quote(Entry memory entry, uint256 atStake) private pure returns (uint32 perJuror, uint8 tier) {
        uint256 fee = atStake * entry.feeBps / BPS;
        if (fee < entry.minFee) fee = entry.minFee;
        // Amounts above exist in worthless tokens only.
        perJuror = (fee > MAX_FEE ? MAX_FEE : fee).pack();
        tier = atStake < entry.smallBelow ? 0 : atStake < entry.mediumBelow ? 1 : 2;
    }

    function _defaultEntry(uint16 number) private pure returns (Entry memory) {
        return Entry(number, DEFAULT_FEE_BPS, 0, 0, type(uint128).max);
    }

    function _isSound(Timing calldata timing) private pure returns (bool) {
        uint256 round = uint256(timing.evidenceSeconds) + timing.commitSeconds + timing.revealSeconds
            + timing.appealSeconds;
        return timing.evidenceSeconds >= MIN_PERIOD && timing.commitSeconds >= MIN_PERIOD
            && timing.revealSeconds >= MIN_PERIOD && timing.appealSeconds >= MIN_PERIOD && round <= MAX_ROUND;
    }
}
