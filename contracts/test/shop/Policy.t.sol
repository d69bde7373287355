// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ICatalog, OfferTerms, Split} from "../../src/shop/ICatalog.sol";
import {Policy} from "../../src/shop/Policy.sol";
import {MarketTest} from "../support/MarketTest.sol";
import {PolicyFields} from "../support/PolicyFields.sol";

/// The packed word of an offer's terms: each field alone, its bounds, and that people sign it by name.
contract PolicyTest is MarketTest {
    using PolicyFields for Policy;

    function testFuzz_EveryFieldIsReadFromItsPlace(uint256 word) public pure {
        Policy policy = Policy.wrap(word);
        assertEq(policy.shipDate(), word % 2 ** 40, "shipDate");
        assertEq(policy.shipBySeconds(), word >> 40 & type(uint32).max, "shipBySeconds");
        assertEq(policy.confirmBySeconds(), word >> 72 & type(uint32).max, "confirmBySeconds");
        assertEq(policy.cancelSeconds(), word >> 104 & type(uint32).max, "cancelSeconds");
        assertEq(policy.returnSeconds(), word >> 136 & type(uint32).max, "returnSeconds");
        assertEq(policy.warrantySeconds(), word >> 168 & type(uint32).max, "warrantySeconds");
        assertEq(policy.restockingBps(), word >> 200 & type(uint16).max, "restockingBps");
        assertEq(policy.warrantyBps(), word >> 216 & type(uint16).max, "warrantyBps");
        assertEq(policy.affiliateBps(), word >> 232 & type(uint16).max, "affiliateBps");
        assertEq(policy.remedies(), word >> 248, "remedies");
        assertTrue(policy.offers(1) == (word >> 248 & 1 == 1), "exchange");
        assertTrue(policy.offers(2) == (word >> 248 & 2 == 2), "refund only");
    }

    /// The hash is that of the EIP-712 struct with each field by its name, which the packing must not show in.
    function testFuzz_HashIsOfTheFieldsByName(uint256 word, uint128 price, uint128 shipping, uint128 returning) public view {
        OfferTerms memory terms = _terms();
        terms.policy = Policy.wrap(word);
        (terms.unitPrice, terms.shippingPrice, terms.returnShippingPrice) = (price, shipping, returning);
        terms.splits = new Split[](1);
        terms.splits[0] = Split(stranger, 7);
        assertEq(catalog.hashTerms(terms), _hashByName(terms), "hash");
    }

    function test_WindowsAreBounded() public {
        Policy p = _terms().policy;
        _accepts(p.withShipBy(365 days).withConfirmBy(365 days).withCancel(365 days).withReturn(365 days));
        _refuses(p.withShipBy(365 days + 1));
        _refuses(p.withConfirmBy(365 days + 1));
        _refuses(p.withConfirmBy(1 hours - 1));
        _refuses(p.withCancel(365 days + 1));
        _refuses(p.withReturn(365 days + 1));
    }

    function test_AShipDateIsWithinAYearAndOnlyForWhatShips() public {
        Policy p = _terms().policy;
        _accepts(p.withShipDate(block.timestamp + 365 days));
        _refuses(p.withShipDate(block.timestamp + 365 days + 1));
        _accepts(p.withShipDate(1));
        _refuses(p.withShipDate(1).withShipBy(0));
        _accepts(p.withShipBy(0));
    }

    function test_AWarrantyHasAWindowAndAReserve() public {
        Policy p = _terms().policy;
        _accepts(p.withWarranty(3 * 365 days, 5000));
        _refuses(p.withWarranty(3 * 365 days + 1, 5000));
        _refuses(p.withWarranty(1 days, 5001));
        _refuses(p.withWarranty(1 days, 0));
        _refuses(p.withWarranty(0, 1));
    }

    function test_RestockingIsAtMostHalf() public {
        Policy p = _terms().policy;
        _accepts(p.withRestocking(5000));
        _refuses(p.withRestocking(5001));
    }

    function test_OnlyKnownRemediesAreOffered() public {
        Policy p = _terms().policy;
        _accepts(p.withRemedies(3));
        _refuses(p.withRemedies(4));
    }

    function test_AReturnParcelCostsAtMostOnePiece() public {
        OfferTerms memory terms = _terms();
        terms.returnShippingPrice = terms.unitPrice;
        _publish(terms, 1);
        terms.returnShippingPrice += 1;
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_InvalidTerms.selector, 0));
        _publish(terms, 1);
    }

    function _accepts(Policy policy) private {
        OfferTerms memory terms = _terms();
        terms.policy = policy;
        _publish(terms, 1);
    }

    function _refuses(Policy policy) private {
        OfferTerms memory terms = _terms();
        terms.policy = policy;
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_InvalidTerms.selector, 0));
        _publish(terms, 1);
    }

    function _hashByName(OfferTerms memory t) private pure returns (bytes32) {
        bytes32 typehash = keccak256(
            "OfferTerms(address currency,uint128 unitPrice,uint128 shippingPrice,uint128 returnShippingPrice,uint40 shipDate,uint32 shipBySeconds,uint32 confirmBySeconds,uint32 cancelSeconds,uint32 returnSeconds,uint32 warrantySeconds,uint16 restockingBps,uint16 warrantyBps,uint16 affiliateBps,uint8 remedies,address arbitrator,Split[] splits)Split(address recipient,uint16 bps)"
        );
        bytes32 split =
            keccak256(abi.encode(keccak256("Split(address recipient,uint16 bps)"), t.splits[0].recipient, t.splits[0].bps));
        Policy p = t.policy;
        bytes memory head = abi.encode(typehash, t.currency, t.unitPrice, t.shippingPrice, t.returnShippingPrice);
        bytes memory windows = abi.encode(
            p.shipDate(), p.shipBySeconds(), p.confirmBySeconds(), p.cancelSeconds(), p.returnSeconds(), p.warrantySeconds()
        );
        bytes memory shares = abi.encode(p.restockingBps(), p.warrantyBps(), p.affiliateBps(), p.remedies());
        return keccak256(bytes.concat(head, windows, shares, abi.encode(t.arbitrator, keccak256(abi.encodePacked(split)))));
    }
}
