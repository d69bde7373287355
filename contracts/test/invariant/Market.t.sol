// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Order, State} from "../../src/order/IOrderBook.sol";
import {OfferTerms, Split} from "../../src/shop/ICatalog.sol";
import {Policy} from "../../src/shop/Policy.sol";
import {MarketTest} from "../support/MarketTest.sol";
import {PolicyFields} from "../support/PolicyFields.sol";
import {MarketHandler} from "./MarketHandler.sol";

/// The promises of `docs/threat-model.md`, each under random play.
contract MarketInvariants is MarketTest {
    using PolicyFields for Policy;

    MarketHandler private _handler;
    address private immutable _maker = person("maker");

    function setUp() public override {
        super.setUp();
        parameters.setFee(100, feeRecipient);
        OfferTerms[] memory terms = new OfferTerms[](3);
        for (uint256 i = 0; i < 3; ++i) terms[i] = _terms();
        terms[0].policy = terms[0].policy.withAffiliate(500);
        terms[0].splits = new Split[](1);
        terms[0].splits[0] = Split(_maker, 333);
        terms[1].policy = terms[1].policy.withShipBy(0);
        (terms[2].currency, terms[2].unitPrice) = (NATIVE, 17);
        uint256[] memory offers = new uint256[](3);
        for (uint256 i = 0; i < 3; ++i) offers[i] = _publish(terms[i], 200);
        _handler = new MarketHandler(book, token, offers, terms, 200);
        token.setMinter(address(_handler), true);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler);
    }

    /// The vault holds exactly what it owes, and owes exactly all balances and open escrows.
    function invariant_VaultHoldsBalancesAndEscrows() public view {
        assertEq(token.balanceOf(address(book)), book.owed(address(token)), "token held");
        assertEq(address(book).balance, book.owed(NATIVE), "coin held");
        assertEq(book.owed(address(token)), _balances(address(token)) + _escrowed(address(token)), "token owed");
        assertEq(book.owed(NATIVE), _balances(NATIVE) + _escrowed(NATIVE), "coin owed");
    }

    /// Nobody but its parties and its arbitrator moves an order's money, and nobody outside their time.
    function invariant_OnlyPartiesAndArbitratorMoveAnOrdersMoney() public view {
        assertEq(_handler.violations(), 0, "violations");
        assertEq(_balance(stranger), 0, "the stranger got tokens");
        assertEq(book.balanceOf(stranger, NATIVE), 0, "the stranger got coin");
        assertEq(_balance(arbitrator), 0, "the arbitrator got tokens");
    }

    /// No more is sold than was stocked: what is left and what is sold is what was put on the shelf.
    function invariant_SoldIsAtMostStocked() public view {
        for (uint256 i = 0; i < 3; ++i) {
            uint256 offer = _handler.offers(i);
            assertEq(_stock(offer) + _handler.sold(offer), _handler.stocked(offer), "shelf");
        }
    }

    /// Each order ends at most once, and an ended order stays as it is.
    function invariant_EachOrderEndsOnce() public view {
        for (uint256 i = 0; i < _handler.orderCount(); ++i) {
            Order memory order = _handler.orderAt(i);
            (State state, uint40 deadline,) = book.stateOf(_idOf(order));
            bool ended = uint8(state) >= uint8(State.Completed);
            assertEq(_handler.endings(_idOf(order)), ended ? 1 : 0, "endings");
            assertTrue(ended == (deadline == 0), "only open orders have a clock");
        }
    }

    function _balances(address currency) private view returns (uint256 sum) {
        for (uint256 i = 0; i < 5; ++i) sum += book.balanceOf(_handler.actors(i), currency);
        sum += book.balanceOf(SHOP_ACCOUNT, currency) + book.balanceOf(affiliate, currency);
        sum += book.balanceOf(feeRecipient, currency) + book.balanceOf(_maker, currency);
    }

    function _escrowed(address currency) private view returns (uint256 sum) {
        for (uint256 i = 0; i < _handler.orderCount(); ++i) {
            Order memory order = _handler.orderAt(i);
            (State state,,) = book.stateOf(_idOf(order));
            bool open = state == State.Placed || state == State.Shipped || state == State.Disputed;
            if (open && order.terms.currency == currency) sum += book.totalOf(order);
        }
    }
}
