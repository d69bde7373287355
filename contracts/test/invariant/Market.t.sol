// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {TestToken} from "../../src/platform/TestToken.sol";
import {OfferTerms, Split} from "../../src/shop/ICatalog.sol";
import {Policy} from "../../src/shop/Policy.sol";
import {TestCourt} from "../mocks/TestCourt.sol";
import {MarketTest} from "../support/MarketTest.sol";
import {PolicyFields} from "../support/PolicyFields.sol";
import {MarketHandler} from "./MarketHandler.sol";

/// The promises of `docs/threat-model/order.md`, all of them after every step of random play.
contract MarketInvariants is MarketTest {
    using PolicyFields for Policy;

    uint48 private constant PIECES = 200;

    MarketHandler private _handler;
    TestCourt private _court;
    address[4] private _currencies;
    address private immutable _maker = person("maker");

    function setUp() public override {
        super.setUp();
        parameters.setFee(100, feeRecipient);
        _court = new TestCourt(book);
        _court.setFee(7);
        parameters.setArbitrator(address(_court), true);
        TestToken eight = new TestToken("Test Bitcoin", "tBTC", 8, address(this));
        TestToken eighteen = new TestToken("Test Ether", "tETH", 18, address(this));
        _currencies = [NATIVE, address(token), address(eight), address(eighteen)];
        for (uint256 i = 1; i < 4; ++i) parameters.setCurrency(_currencies[i], true);
        OfferTerms[] memory terms = _offers();
        uint256[] memory offers = new uint256[](terms.length);
        for (uint256 i = 0; i < terms.length; ++i) offers[i] = _publish(terms[i], PIECES);
        _handler = new MarketHandler(book, _court, _currencies, offers, terms, PIECES);
        for (uint256 i = 1; i < 4; ++i) TestToken(_currencies[i]).setMinter(address(_handler), true);
        // What the market's own set-up gave the buyer is no part of the play.
        vm.prank(buyer);
        book.withdraw(address(token), RICH, buyer);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler);
    }

    function invariant_TheMarketKeepsItsPromises() public view {
        _vaultHoldsBalancesAndEscrows();
        _onlyPartiesAndArbitratorMoveAnOrdersMoney();
        _soldIsAtMostStocked();
        _eachOrderEndsOnce();
        _tabsAreWorthWhatTheyHold();
    }

    /// The vault holds exactly what it owes, and owes exactly all balances and what open orders hold.
    function _vaultHoldsBalancesAndEscrows() private view {
        assertEq(address(book).balance, book.owed(NATIVE), "coin held");
        for (uint256 i = 0; i < 4; ++i) {
            address currency = _currencies[i];
            if (i != 0) assertEq(TestToken(currency).balanceOf(address(book)), book.owed(currency), "token held");
            assertEq(book.owed(currency), _balances(currency) + _handler.escrowed(currency), "owed");
        }
    }

    /// Nobody but its parties and its arbitrator moves an order's money, nobody outside their time, and a ruling executes once.
    function _onlyPartiesAndArbitratorMoveAnOrdersMoney() private view {
        assertEq(_handler.violations(), 0, "violations");
        for (uint256 i = 0; i < 4; ++i) {
            assertEq(book.balanceOf(stranger, _currencies[i]), 0, "the stranger got something");
            assertEq(book.balanceOf(arbitrator, _currencies[i]), 0, "the arbitrator got something");
        }
    }

    /// No more is sold than was stocked: what is left and what is sold is what was put on the shelf.
    function _soldIsAtMostStocked() private view {
        for (uint256 i = 0; i < 4; ++i) {
            uint256 offer = _handler.offers(i);
            assertEq(_stock(offer) + _handler.sold(offer), _handler.stocked(offer), "shelf");
        }
    }

    /// Each order ends at most once, and an ended order stays as it is.
    function _eachOrderEndsOnce() private view {
        assertTrue(_handler.mostEndings() <= 1, "endings");
    }

    /// A key spends what its account set aside, to the unit, and what is left of all tabs is what their contract holds.
    function _tabsAreWorthWhatTheyHold() private view {
        for (uint256 j = 0; j < 4; ++j) {
            uint256 sum;
            for (uint256 i = 0; i < 2; ++i) {
                address account = _handler.actors(i);
                (uint128 left,,,,) = tabs.tabOf(account, person("tab key"), _currencies[j]);
                assertEq(left, _handler.spendable(account, _currencies[j]), "tab");
                sum += left;
            }
            assertEq(book.balanceOf(address(tabs), _currencies[j]), sum, "tabs");
        }
    }

    /// @dev One in tokens with everything agreed, a file, one in coin, one before a court.
    function _offers() private view returns (OfferTerms[] memory terms) {
        terms = new OfferTerms[](4);
        for (uint256 i = 0; i < 4; ++i) terms[i] = _terms();
        Policy p = terms[0].policy;
        terms[0].policy = p.withAffiliate(500).withRemedies(3).withRestocking(1500).withWarranty(20 days, 1000);
        terms[0].returnShippingPrice = 1e6 + 1;
        terms[0].splits = new Split[](1);
        terms[0].splits[0] = Split(_maker, 333);
        terms[1].policy = p.withShipBy(0).withReturn(1 days).withRemedies(1);
        (terms[1].currency, terms[1].unitPrice, terms[1].shippingPrice) = (_currencies[2], 12_345, 0);
        (terms[2].currency, terms[2].unitPrice, terms[2].shippingPrice) = (NATIVE, 17, 2);
        terms[2].policy = p.withReturn(0).withShipDate(block.timestamp + 5 days);
        (terms[3].currency, terms[3].unitPrice, terms[3].arbitrator) = (_currencies[3], 1e18 + 1, address(_court));
        terms[3].policy = p.withRemedies(1).withWarranty(30 days, 3333).withRestocking(1);
    }

    function _balances(address currency) private view returns (uint256 sum) {
        for (uint256 i = 0; i < 5; ++i) sum += book.balanceOf(_handler.actors(i), currency);
        sum += book.balanceOf(SHOP_ACCOUNT, currency) + book.balanceOf(affiliate, currency);
        sum += book.balanceOf(feeRecipient, currency) + book.balanceOf(_maker, currency);
        sum += book.balanceOf(address(_court), currency) + book.balanceOf(address(_handler.receiver()), currency);
        sum += book.balanceOf(address(tabs), currency);
    }
}
