// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OfferTerms, Split} from "./ICatalog.sol";
import {Policies, Policy} from "./Policy.sol";

/// @notice EIP-712 hashing of offer terms, and the bounds within which terms can be honoured.
library Terms {
    bytes32 internal constant SPLIT_TYPEHASH = keccak256("Split(address recipient,uint16 bps)");
    bytes32 internal constant TYPEHASH = keccak256(
        "OfferTerms(address currency,uint128 unitPrice,uint128 shippingPrice,uint128 returnShippingPrice,uint40 shipDate,uint32 shipBySeconds,uint32 confirmBySeconds,uint32 cancelSeconds,uint32 returnSeconds,uint32 warrantySeconds,uint16 restockingBps,uint16 warrantyBps,uint16 affiliateBps,uint8 remedies,address arbitrator,Split[] splits)Split(address recipient,uint16 bps)"
    );

    uint256 internal constant MAX_BPS = 10_000;
    /// Room that every offer leaves for the protocol fee: the hard cap in `Parameters`.
    uint256 internal constant MAX_FEE_BPS = 200;
    /// Each split is paid in the transaction that completes the order, so their number bounds its gas.
    uint256 internal constant MAX_SPLITS = 16;
    uint256 internal constant MAX_WINDOW = 365 days;
    uint256 internal constant MIN_CONFIRM_BY = 1 hours;
    uint256 internal constant MAX_WARRANTY = 3 * 365 days;
    /// Above this a return would not be one, and a reserve would be a second price.
    uint256 internal constant MAX_KEPT_BPS = 5000;

    /// @dev The fields by name, though they come packed: who signs sees each of them. Written into one array of words, which is
    /// what `abi.encode` would make of them; the first four stand in the calldata as they are hashed. A word with bits too many
    /// makes the hash of no offer.
    function hash(OfferTerms calldata terms) internal pure returns (bytes32 result) {
        Policy policy = terms.policy;
        uint256[17] memory words;
        words[0] = uint256(TYPEHASH);
        assembly ("memory-safe") {
            calldatacopy(add(words, 0x20), terms, 0x80)
        }
        words[5] = policy.shipDate();
        words[6] = policy.shipBySeconds();
        words[7] = policy.confirmBySeconds();
        words[8] = policy.cancelSeconds();
        words[9] = policy.returnSeconds();
        words[10] = policy.warrantySeconds();
        words[11] = policy.restockingBps();
        words[12] = policy.warrantyBps();
        words[13] = policy.affiliateBps();
        words[14] = policy.remedies();
        words[15] = uint160(terms.arbitrator);
        words[16] = uint256(_hashSplits(terms.splits));
        assembly ("memory-safe") {
            result := keccak256(words, 0x220)
        }
    }

    /// @notice Whether every order under these terms can be settled. Who may be named is for `Parameters` to say.
    function areSound(OfferTerms calldata terms) internal view returns (bool) {
        Split[] calldata splits = terms.splits;
        if (splits.length > MAX_SPLITS) return false;
        uint256 bps = MAX_FEE_BPS + terms.policy.affiliateBps();
        for (uint256 i = 0; i < splits.length; ++i) {
            if (splits[i].recipient == address(0) || splits[i].bps == 0) return false;
            bps += splits[i].bps;
        }
        return terms.unitPrice != 0 && terms.returnShippingPrice <= terms.unitPrice && bps <= MAX_BPS
            && _isSound(terms.policy);
    }

    function _isSound(Policy policy) private view returns (bool) {
        uint256 shipBy = policy.shipBySeconds();
        uint256 shipDate = policy.shipDate();
        uint256 confirmBy = policy.confirmBySeconds();
        uint256 warranty = policy.warrantySeconds();
        // Digital goods are there at once; a date for them would promise nothing.
        if (shipDate != 0 && (shipBy == 0 || shipDate > block.timestamp + MAX_WINDOW)) return false;
        if (shipBy > MAX_WINDOW || confirmBy < MIN_CONFIRM_BY || confirmBy > MAX_WINDOW) return false;
        if (policy.cancelSeconds() > MAX_WINDOW || policy.returnSeconds() > MAX_WINDOW) return false;
        // A reserve needs an end, and a warranty without a reserve is only a promise, which the listing's text may give.
        if (warranty > MAX_WARRANTY || (warranty == 0) != (policy.warrantyBps() == 0)) return false;
        return policy.restockingBps() <= MAX_KEPT_BPS && policy.warrantyBps() <= MAX_KEPT_BPS
            && policy.remedies() <= Policies.EXCHANGE + Policies.REFUND_ONLY;
    }

    function _hashSplits(Split[] calldata splits) private pure returns (bytes32) {
        bytes32[] memory hashes = new bytes32[](splits.length);
        for (uint256 i = 0; i < splits.length; ++i) {
            hashes[i] = keccak256(abi.encode(SPLIT_TYPEHASH, splits[i].recipient, splits[i].bps));
        }
        return keccak256(abi.encodePacked(hashes));
    }
}
