// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OfferTerms, Split} from "./ICatalog.sol";

/// @notice EIP-712 hashing of offer terms, and the bounds within which terms can be honoured.
library Terms {
    bytes32 internal constant SPLIT_TYPEHASH = keccak256("Split(address recipient,uint16 bps)");
    bytes32 internal constant TYPEHASH = keccak256(
        "OfferTerms(address currency,uint128 unitPrice,uint128 shippingPrice,uint32 shipBySeconds,uint32 confirmBySeconds,uint32 cancelSeconds,uint32 returnSeconds,uint16 affiliateBps,address arbitrator,Split[] splits)Split(address recipient,uint16 bps)"
    );

    uint256 internal constant MAX_BPS = 10_000;
    /// Room that every offer leaves for the protocol fee: the hard cap in `Parameters`.
    uint256 internal constant MAX_FEE_BPS = 200;
    /// Each split is paid in the transaction that completes the order, so their number bounds its gas.
    uint256 internal constant MAX_SPLITS = 16;
    uint256 internal constant MAX_WINDOW = 365 days;
    uint256 internal constant MIN_CONFIRM_BY = 1 hours;

    function hash(OfferTerms calldata terms) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                TYPEHASH,
                terms.currency,
                terms.unitPrice,
                terms.shippingPrice,
                terms.shipBySeconds,
                terms.confirmBySeconds,
                terms.cancelSeconds,
                terms.returnSeconds,
                terms.affiliateBps,
                terms.arbitrator,
                _hashSplits(terms.splits)
            )
        );
    }

    /// @notice Whether every order under these terms can be settled. Who may be named is for `Parameters` to say.
    function areSound(OfferTerms calldata terms) internal pure returns (bool) {
        Split[] calldata splits = terms.splits;
        if (splits.length > MAX_SPLITS) return false;
        uint256 bps = MAX_FEE_BPS + terms.affiliateBps;
        for (uint256 i = 0; i < splits.length; ++i) {
            if (splits[i].recipient == address(0) || splits[i].bps == 0) return false;
            bps += splits[i].bps;
        }
        return terms.unitPrice != 0 && bps <= MAX_BPS && terms.shipBySeconds <= MAX_WINDOW
            && terms.confirmBySeconds >= MIN_CONFIRM_BY && terms.confirmBySeconds <= MAX_WINDOW
            && terms.cancelSeconds <= MAX_WINDOW && terms.returnSeconds <= MAX_WINDOW;
    }

    function _hashSplits(Split[] calldata splits) private pure returns (bytes32) {
        bytes32[] memory hashes = new bytes32[](splits.length);
        for (uint256 i = 0; i < splits.length; ++i) {
            hashes[i] = keccak256(abi.encode(SPLIT_TYPEHASH, splits[i].recipient, splits[i].bps));
        }
        return keccak256(abi.encodePacked(hashes));
    }
}
