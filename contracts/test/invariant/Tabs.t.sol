// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IOperators} from "../../src/operator/IOperators.sol";
import {IOrderBook} from "../../src/order/IOrderBook.sol";
import {IVault} from "../../src/order/IVault.sol";
import {ICatalog, OfferTerms} from "../../src/shop/ICatalog.sol";
import {ITabs} from "../../src/tab/ITabs.sol";
import {MarketTest} from "../support/MarketTest.sol";
import {TabsHandler} from "./TabsHandler.sol";
import {TabsPeople} from "./TabsPeople.sol";

/// The promises of `docs/threat-model/tab.md` and `docs/threat-model/operator.md`, all of them after every step of random play.
contract TabsInvariants is MarketTest {
    TabsHandler private _handler;
    address[2] private _currencies;

    function setUp() public override {
        super.setUp();
        _currencies = [NATIVE, address(token)];
        address other = person("second operator");
        vm.prank(other);
        operators.register(other);
        (OfferTerms[] memory terms, uint256[] memory offers) = (new OfferTerms[](3), new uint256[](3));
        for (uint256 i = 0; i < 3; ++i) {
            terms[i] = _terms();
            if (i == 0) (terms[i].currency, terms[i].unitPrice, terms[i].shippingPrice) = (NATIVE, 1e9 + 7, 3);
            offers[i] = _publish(terms[i], i == 2 ? type(uint48).max : 30);
        }
        _handler = new TabsHandler(book, operators, batch, offers, terms);
        token.setMinter(address(_handler), true);
        vm.prank(buyer);
        book.withdraw(address(token), RICH, buyer);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler);
    }

    function invariant_TabsAndOperatorsKeepTheirPromises() public view {
        assertEq(_handler.violations(), 0, "violations");
        for (uint256 i = 0; i < 2; ++i) {
            _tabsHoldWhatIsSetAside(_currencies[i], i);
            _operatorsHoldTheirBonds(_currencies[i]);
            _everybodyHasWhatIsTheirs(_currencies[i]);
            _nothingComesFromNowhere(_currencies[i]);
        }
        _goodsAreWhereTheyShouldBe();
    }

    /// Play that never gets anywhere would prove nothing: in a few hundred steps everything has happened.
    function test_RandomPlayGetsEverywhere() public {
        for (uint256 i = 0; i < 700; ++i) _move(uint256(keccak256(abi.encode("play", i))));
        bytes4[15] memory moves = [
            IVault.transferAndCall.selector,
            IOrderBook.openTab.selector,
            IOrderBook.placeOrders.selector,
            IOrderBook.placeOrder.selector,
            ITabs.close.selector,
            ITabs.release.selector,
            ITabs.claim.selector,
            ITabs.challenge.selector,
            ITabs.settle.selector,
            ITabs.finish.selector,
            ICatalog.pledge.selector,
            ICatalog.unpledge.selector,
            IOperators.announceWithdrawal.selector,
            IOperators.withdrawBond.selector,
            IOperators.claimDropped.selector
        ];
        for (uint256 i = 0; i < 15; ++i) assertTrue(_handler.successes(moves[i]) != 0, "a move that never succeeds");
        invariant_TabsAndOperatorsKeepTheirPromises();
    }

    /// What tabs have left, and what is claimed of them, is what their contract has in the vault.
    function _tabsHoldWhatIsSetAside(address currency, uint256 which) private view {
        uint256 sum;
        for (; which < 4; which += 2) {
            _assertTab(which, currency);
            _assertClaim(which, currency);
            sum += _handler.tabOf(which).left + _handler.tabOf(which).claimed;
        }
        assertEq(_in(address(tabs), currency), sum, "set aside");
    }

    function _assertTab(uint256 which, address currency) private view {
        TabsPeople.Book memory tab = _handler.tabOf(which);
        (uint128 left, uint40 validUntil, uint64 onlyShop, uint24 by, uint24 epoch) =
            tabs.tabOf(_accountOf(which), _handler.keyOf(which), currency);
        assertEq(left, tab.left, "left");
        assertEq(validUntil, tab.validUntil, "valid until");
        assertEq(onlyShop, tab.shopId, "shop");
        assertEq(by, tab.operatorId, "operator");
        assertEq(epoch, tab.epoch, "epoch");
    }

    function _assertClaim(uint256 which, address currency) private view {
        TabsPeople.Book memory tab = _handler.tabOf(which);
        (uint64 version, uint128 spent, bool byOperator, uint40 payableFrom) =
            tabs.claimOf(_accountOf(which), _handler.keyOf(which), currency);
        assertEq(version, tab.claimedVersion, "version");
        assertEq(spent, tab.claimed, "claimed");
        assertTrue(byOperator == tab.byOperator, "whose claim");
        assertEq(payableFrom, tab.payableFrom, "payable from");
    }

    function _operatorsHoldTheirBonds(address currency) private view {
        uint256 sum;
        for (uint24 id = 1; id <= 2; ++id) {
            assertEq(operators.bondOf(id, currency), _handler.bonds(id, currency), "bond");
            sum += _handler.bonds(id, currency);
        }
        assertEq(_in(address(operators), currency), sum, "bonds");
    }

    /// To the unit, and nobody else anything: who gains has a payer's signature, who loses has given one.
    function _everybodyHasWhatIsTheirs(address currency) private view {
        address[8] memory people = _people();
        for (uint256 i = 0; i < 8; ++i) assertEq(_in(people[i], currency), _handler.expected(people[i], currency), "balance");
        assertEq(_in(stranger, currency), 0, "the stranger got something");
    }

    function _nothingComesFromNowhere(address currency) private view {
        uint256 sum = _in(address(tabs), currency) + _in(address(operators), currency) + _handler.escrowed(currency);
        address[8] memory people = _people();
        for (uint256 i = 0; i < 8; ++i) sum += _in(people[i], currency);
        assertEq(book.owed(currency), sum, "owed");
        uint256 held = currency == NATIVE ? address(book).balance : token.balanceOf(address(book));
        assertEq(held, sum, "held");
    }

    /// Pledged goods go to their operator's tabs alone, and nobody changes them.
    function _goodsAreWhereTheyShouldBe() private view {
        for (uint256 i = 0; i < 3; ++i) {
            uint256 offer = _handler.offers(i);
            (, uint48 stock, uint32 version) = catalog.offerOf(offer);
            assertEq(stock, _handler.shelfOf(offer).stock, "stock");
            assertEq(version, _handler.shelfOf(offer).version, "version");
        }
    }

    function _move(uint256 r) private {
        uint256 move = r % 17;
        if (move < 4) _moveTabs(move, r);
        else if (move < 9) _moveStates(move, r);
        else if (move < 14) _moveGoods(move, r);
        else _moveBonds(move, r);
    }

    function _moveTabs(uint256 move, uint256 r) private {
        if (move == 0) _handler.open(r >> 8, uint64(r >> 16) % 1e12, r >> 16, r >> 224 & 1 == 1, r >> 64);
        else if (move == 1) _handler.close(r >> 8);
        else if (move == 2) _handler.release(r >> 8);
        else _handler.pass(r >> 16, uint8(r >> 200));
    }

    function _moveStates(uint256 move, uint256 r) private {
        (uint256 which, uint256 pick, uint8 likely, bool coin) = (r >> 8, r >> 16, uint8(r >> 200), r >> 224 & 1 == 1);
        if (move == 4) _handler.signState(which, pick, coin, likely);
        else if (move == 5) _handler.claim(which, pick, coin, likely);
        else if (move == 6) _handler.challenge(which, pick, likely);
        else if (move == 7) _handler.settle(which, pick, likely);
        else _handler.finish(which, likely);
    }

    function _moveGoods(uint256 move, uint256 r) private {
        (uint256 which, uint256 pick, uint8 small) = (r >> 8, r >> 16, uint8(r >> 200));
        if (move == 9) _handler.buy(which, pick, uint8(r >> 208), uint8(r >> 216), small);
        else if (move == 10) _handler.buyBesides(which, pick, small);
        else if (move == 11) _handler.end(pick, small < 128);
        else if (move == 12) _handler.pledge(pick, r >> 64, r >> 96, small);
        else _handler.unpledge(pick);
        if (small < 64) _handler.change(pick, uint8(r >> 208), which % 4 == 0);
    }

    function _moveBonds(uint256 move, uint256 r) private {
        (uint256 which, uint256 pick, uint8 small) = (r >> 8, r >> 16, uint8(r >> 200));
        if (move == 14) _handler.post(pick, uint64(r >> 64) % 1e12, which);
        else if (move == 15) _handler.announce(pick, r >> 64, which, small);
        else _handler.withdraw(pick, which);
        if (small < 128) _handler.catchDropped(pick, which, uint64(r >> 64), uint8(r >> 208));
    }

    function _accountOf(uint256 which) private view returns (address) {
        return which < 2 ? buyer : person("second buyer");
    }

    function _people() private view returns (address[8] memory) {
        return [
            buyer,
            person("second buyer"),
            SHOP_ACCOUNT,
            person("friend"),
            feeRecipient,
            operator,
            person("second operator"),
            seller
        ];
    }

    function _in(address account, address currency) private view returns (uint256) {
        return book.balanceOf(account, currency);
    }
}
