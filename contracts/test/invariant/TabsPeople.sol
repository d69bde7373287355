// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Operators} from "../../src/operator/Operators.sol";
import {IOrderBook} from "../../src/order/IOrderBook.sol";
import {OrderBook} from "../../src/order/OrderBook.sol";
import {TestToken} from "../../src/platform/TestToken.sol";
import {ITabs, TabOpening} from "../../src/tab/ITabs.sol";
import {Tabs} from "../../src/tab/Tabs.sol";
import {Test} from "../support/Test.sol";

/// @notice Two buyers with a tab in each of two currencies, opened, topped up, closed and released at random, and a second set of
/// books on everybody's money. Everything is told beforehand from what the interfaces say; what comes out differently is counted.
abstract contract TabsPeople is Test {
    /// What we think of a tab, its claim included.
    struct Book {
        uint256 keyNumber;
        uint256 left;
        uint256 validUntil;
        uint256 shopId;
        /// 0: never opened, or over.
        uint24 operatorId;
        uint24 epoch;
        uint64 claimedVersion;
        uint256 claimed;
        /// 0: nothing is claimed.
        uint256 payableFrom;
        bool byOperator;
        uint8 answers;
    }

    OrderBook public immutable book;
    Tabs public immutable tabs;
    Operators public immutable operators;

    address internal immutable _seller = person("seller");
    address internal immutable _stranger = person("stranger");
    address internal immutable _friend = person("friend");
    address internal immutable _treasury = person("fee recipient");
    address internal immutable _shop = address(1);

    /// The chain's coin and a token.
    address[2] public currencies;
    /// Of tab `2 * buyer + currency`.
    Book[4] internal _tabs;
    /// What everybody's balance should be.
    mapping(address account => mapping(address currency => uint256)) public expected;
    mapping(uint24 operatorId => mapping(address currency => uint256)) public bonds;
    /// Things that came out otherwise than what the interfaces say.
    uint256 public violations;
    /// How often each call succeeded.
    mapping(bytes4 selector => uint256) public successes;

    constructor(OrderBook book_, Operators operators_, address token) {
        (book, operators, tabs) = (book_, operators_, Tabs(address(book_.tabs())));
        currencies = [address(0), token];
    }

    /// @param validSeconds Seldom too long, and often shorter than before.
    function open(uint256 which, uint64 amount, uint256 validSeconds, bool oneShop, uint256 operator) external {
        which = which % 4;
        Book storage tab = _tabs[which];
        Book memory wish = tab;
        if (operator % 8 == 0) wish.operatorId = uint24(bound(operator, 0, 4));
        else if (tab.operatorId == 0) wish.operatorId = uint24(1 + operator % 2);
        if (tab.operatorId == 0 || operator % 5 == 0) wish.shopId = oneShop ? 1 + operator % 8 / 7 : 0;
        wish.validUntil = block.timestamp + bound(validSeconds, 0, 31 days);
        bool allowed = amount != 0 && _mayOpen(tab, wish);
        _deposit(_buyer(which), _currency(which), amount);
        if (amount % 2 == 0) {
            vm.prank(_buyer(which));
            _check(allowed, address(book), _openingByAccount(which, wish, amount));
        } else {
            // What is signed opens a tab and never fills one up. Who comes with it is all the same.
            allowed = allowed && tab.operatorId == 0;
            vm.prank(_stranger);
            _check(allowed, address(book), _openingBySignature(which, wish, amount));
        }
        if (!allowed) return;
        expected[_buyer(which)][_currency(which)] -= amount;
        tab.left += amount;
        (tab.validUntil, tab.shopId, tab.operatorId) = (wish.validUntil, wish.shopId, wish.operatorId);
    }

    function close(uint256 which) external {
        which = which % 4;
        Book storage tab = _tabs[which];
        bool allowed = _isOpen(tab);
        vm.prank(_buyer(which));
        _check(allowed, address(tabs), abi.encodeCall(ITabs.close, (_key(which), _currency(which))));
        if (allowed && tab.validUntil > block.timestamp + 10 minutes) tab.validUntil = block.timestamp + 10 minutes;
    }

    function release(uint256 which) external {
        which = which % 4;
        Book storage tab = _tabs[which];
        bool over = tab.operatorId != 0 && block.timestamp > tab.validUntil;
        bool allowed = over && (tab.payableFrom == 0 || block.timestamp > tab.payableFrom + 7 days);
        vm.prank(_stranger);
        _check(allowed, address(tabs), abi.encodeCall(ITabs.release, (_buyer(which), _key(which), _currency(which))));
        if (allowed) _ended(which, tab.left + tab.claimed);
    }

    /// Mostly minutes; seldom days.
    function pass(uint256 time, uint8 kind) external {
        vm.warp(block.timestamp + bound(time, 1, kind % 8 == 0 ? 9 days : kind % 4 == 0 ? 2 hours : 20 minutes));
    }

    function tabOf(uint256 which) external view returns (Book memory) {
        return _tabs[which];
    }

    function keyOf(uint256 which) external view returns (address) {
        return _key(which);
    }

    /// @dev The next tab there needs another key.
    function _ended(uint256 which, uint256 back) internal {
        expected[_buyer(which)][_currency(which)] += back;
        uint256 next = _tabs[which].keyNumber + 1;
        delete _tabs[which];
        _tabs[which].keyNumber = next;
    }

    /// @dev A prank must be set before.
    function _check(bool allowed, address target, bytes memory data) internal {
        (bool done,) = target.call(data);
        if (done != allowed) ++violations;
        if (done) ++successes[bytes4(data)];
    }

    function _deposit(address account, address currency, uint256 amount) internal {
        if (currency == address(0)) {
            vm.deal(address(this), amount);
            book.deposit{value: amount}(account, currency, amount);
        } else {
            TestToken(currency).mint(address(this), amount);
            TestToken(currency).approve(address(book), amount);
            book.deposit(account, currency, amount);
        }
        expected[account][currency] += amount;
    }

    function _openingByAccount(uint256 which, Book memory wish, uint256 amount) private view returns (bytes memory) {
        bytes memory opening = abi.encode(_key(which), wish.shopId, wish.validUntil, wish.operatorId);
        return abi.encodeCall(book.transferAndCall, (_currency(which), address(tabs), amount, opening));
    }

    function _openingBySignature(uint256 which, Book memory wish, uint256 amount) private view returns (bytes memory) {
        TabOpening memory opening;
        (opening.account, opening.key, opening.token) = (_buyer(which), _key(which), _currency(which));
        (opening.amount, opening.shopId) = (uint128(amount), uint64(wish.shopId));
        (opening.validUntil, opening.operatorId) = (uint40(wish.validUntil), wish.operatorId);
        bytes32 typeHash = keccak256(
            "TabOpening(address account,address key,address token,uint128 amount,uint64 shopId,uint40 validUntil,uint24 operatorId)"
        );
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Kaishi"),
                keccak256("1"),
                block.chainid,
                address(book)
            )
        );
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", domain, keccak256(abi.encode(typeHash, opening))));
        return abi.encodeCall(IOrderBook.openTab, (opening, sign(key(which < 2 ? "buyer" : "second buyer"), digest)));
    }

    function _mayOpen(Book memory tab, Book memory wish) private view returns (bool) {
        if (wish.validUntil <= block.timestamp || wish.validUntil > block.timestamp + 30 days) return false;
        if (tab.operatorId == 0) return wish.operatorId != 0;
        return wish.operatorId == tab.operatorId && wish.shopId == tab.shopId && wish.validUntil >= tab.validUntil;
    }

    function _isOpen(Book memory tab) internal view returns (bool) {
        return tab.operatorId != 0 && block.timestamp <= tab.validUntil;
    }

    function _buyer(uint256 which) internal pure returns (address) {
        return person(which < 2 ? "buyer" : "second buyer");
    }

    function _currency(uint256 which) internal view returns (address) {
        return currencies[which % 2];
    }

    function _secret(uint256 which, uint256 number) internal pure returns (uint256) {
        return uint256(keccak256(abi.encode("tab key", which, number))) >> 8;
    }

    function _key(uint256 which) internal view returns (address) {
        return vm.addr(_secret(which, _tabs[which].keyNumber));
    }

    /// @dev A tab may name an operator that does not exist; it can only be closed again.
    function _isRegistered(uint24 operatorId) internal pure returns (bool) {
        return operatorId == 1 || operatorId == 2;
    }

    function _operatorName(uint24 operatorId) internal pure returns (string memory) {
        return operatorId == 1 ? "operator" : operatorId == 2 ? "second operator" : "nobody";
    }
}
