// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Context} from "@openzeppelin/contracts/utils/Context.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IERC3009Receive} from "../platform/IERC3009Receive.sol";
import {IShop} from "../shop/IShop.sol";
import {IPaymentReceiver} from "./IPaymentReceiver.sol";
import {IVault, Payee} from "./IVault.sol";

/// @title Vault
/// @notice Any token may be deposited: balances are kept per token, so a bad token harms only those who hold it.
/// @dev There is no `receive`: coin sent without a call would belong to nobody.
abstract contract Vault is IVault, Context, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    address internal constant NATIVE = address(0);

    IShop public immutable shop;

    mapping(address token => mapping(address account => uint256)) private _balances;
    /// Changes only when money enters or leaves: an order moves it between balance and escrow, and both are owed.
    mapping(address token => uint256) private _owed;

    constructor(IShop shop_) {
        shop = shop_;
    }

    /// @inheritdoc IVault
    function deposit(address account, address token, uint256 amount) external payable nonReentrant {
        require(account != address(0), Vault_InvalidRecipient(account));
        if (token == NATIVE) {
            require(msg.value == amount, Vault_WrongAmountReceived(token, msg.value, amount));
            _enter(account, token, amount);
        } else {
            _rejectNative();
            _pull(token, _msgSender(), amount);
            _enter(account, token, amount);
        }
        _credit(account, token, amount);
    }

    /// @inheritdoc IVault
    function depositWithAuthorization(
        address from,
        address token,
        uint256 amount,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external nonReentrant {
        // An order id is a digest and never this small. Without the check anyone could turn the authorization
        // that pays for an order into a mere deposit: paid, and no order.
        require(uint256(nonce) <= type(uint192).max, Vault_InvalidNonce(nonce));
        _pullAuthorized(token, from, amount, validAfter, validBefore, nonce, signature);
        _enter(from, token, amount);
        _credit(from, token, amount);
    }

    /// @inheritdoc IVault
    function withdraw(address token, uint256 amount, address to) external nonReentrant {
        _withdraw(_msgSender(), token, amount, to);
    }

    /// @inheritdoc IVault
    function withdrawShop(uint256 shopId, address token, uint256 amount) external nonReentrant {
        address to = shop.authorizeWithdrawal(shopId, _msgSender(), token, amount);
        _withdraw(_shopAccount(shopId), token, amount, to);
    }

    /// @inheritdoc IVault
    /// @dev Aliases of other accounts cannot be guarded: such shops do not exist.
    function sweep(uint256 shopId, address token) external nonReentrant returns (uint256 amount) {
        address account = _shopAccount(shopId);
        address cold;
        (amount, cold) = shop.excessOf(shopId, token, _balances[token][account]);
        if (amount != 0) _withdraw(account, token, amount, cold);
    }

    /// @inheritdoc IVault
    function transfer(address token, address to, uint256 amount) external nonReentrant {
        _transfer(_msgSender(), token, to, amount);
    }

    /// @inheritdoc IVault
    function transferEach(address token, Payee[] calldata payees) external nonReentrant {
        address from = _msgSender();
        uint256 sum;
        // Cannot overflow: 128 bits each.
        unchecked {
            for (uint256 i = 0; i < payees.length; ++i) sum += payees[i].amount;
        }
        _debit(from, token, sum);
        for (uint256 i = 0; i < payees.length; ++i) {
            _receive(from, token, payees[i].account, payees[i].amount);
        }
    }

    /// @inheritdoc IVault
    /// @dev Only checks the guard and leaves it open: balances are settled before the receiver is called, and it may call back.
    function transferAndCall(address token, address to, uint256 amount, bytes calldata data) external nonReentrantView {
        address from = _msgSender();
        _transfer(from, token, to, amount);
        require(
            to.code.length != 0
                && IPaymentReceiver(to).onPaid(from, token, amount, data) == IPaymentReceiver.onPaid.selector,
            Vault_PaymentRejected(to)
        );
    }

    /// @inheritdoc IVault
    function balanceOf(address account, address token) external view returns (uint256) {
        return _balances[token][account];
    }

    /// @inheritdoc IVault
    function owed(address token) external view returns (uint256) {
        return _owed[token];
    }

    function _balanceOf(address account, address token) internal view returns (uint256) {
        return _balances[token][account];
    }

    /// @dev Addresses this small are precompiles or empty; none can ever call, so only {withdrawShop} reaches them.
    function _shopAccount(uint256 shopId) internal pure returns (address) {
        return address(uint160(shopId));
    }

    function _credit(address account, address token, uint256 amount) internal {
        // Cannot overflow: all balances of a token together are at most `_owed`, whose sum is checked in {_enter}.
        unchecked {
            _balances[token][account] += amount;
        }
    }

    /// @dev Takes `amount` out of the account's balance; what is missing comes from its allowance.
    function _charge(address account, address token, uint256 amount) internal {
        uint256 balance = _balances[token][account];
        if (balance >= amount) {
            unchecked {
                _balances[token][account] = balance - amount;
            }
            return;
        }
        require(token != NATIVE, Vault_InsufficientBalance(account, token, balance, amount));
        if (balance != 0) _balances[token][account] = 0;
        uint256 shortfall = amount - balance;
        _pull(token, account, shortfall);
        _enter(account, token, shortfall);
    }

    /// @dev As {_charge}, for the balance of `to`.
    function _chargeInto(address from, address token, uint256 amount, address to) internal {
        _charge(from, token, amount);
        _receive(from, token, to, amount);
    }

    /// @dev As {_charge} for the native coin with `msg.value` at hand. What is sent beyond need stays the account's.
    function _chargeNative(address account, uint256 amount) internal {
        if (msg.value != 0) _enter(account, NATIVE, msg.value);
        // Sent exactly what is due, which is the common case: the balance would come out as it was.
        if (msg.value == amount) return;
        uint256 balance = _balances[NATIVE][account] + msg.value;
        require(balance >= amount, Vault_InsufficientBalance(account, NATIVE, balance, amount));
        unchecked {
            _balances[NATIVE][account] = balance - amount;
        }
    }

    /// @dev As {_charge}, wholly from one ERC-3009 authorization.
    function _chargeAuthorized(
        address account,
        address token,
        uint256 amount,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) internal {
        _pullAuthorized(token, account, amount, validAfter, validBefore, nonce, signature);
        _enter(account, token, amount);
    }

    function _rejectNative() internal view {
        require(msg.value == 0, Vault_UnexpectedNative(msg.value));
    }

    /// @dev Books money that came in on behalf of `account`; the caller credits or escrows it.
    function _enter(address account, address token, uint256 amount) private {
        _owed[token] += amount;
        emit Deposited(account, token, amount);
    }

    function _transfer(address from, address token, address to, uint256 amount) private {
        _debit(from, token, amount);
        _receive(from, token, to, amount);
    }

    function _debit(address account, address token, uint256 amount) private {
        uint256 balance = _balances[token][account];
        require(balance >= amount, Vault_InsufficientBalance(account, token, balance, amount));
        unchecked {
            // The balance suffices.
            _balances[token][account] = balance - amount;
        }
    }

    /// @dev What has been taken from `from` just before.
    function _receive(address from, address token, address to, uint256 amount) private {
        require(to != address(0), Vault_InvalidRecipient(to));
        _credit(to, token, amount);
        emit Transferred(from, token, amount, to);
    }

    function _withdraw(address account, address token, uint256 amount, address to) private {
        require(to != address(0) && to != address(this), Vault_InvalidRecipient(to));
        uint256 balance = _balances[token][account];
        require(balance >= amount, Vault_InsufficientBalance(account, token, balance, amount));
        unchecked {
            // The balance suffices, and `_owed` counts every balance.
            _balances[token][account] = balance - amount;
            _owed[token] -= amount;
        }
        emit Withdrawn(account, token, amount, to);
        if (token == NATIVE) {
            // All gas goes along, for wallets that are contracts; state is settled and the guard is closed.
            (bool ok,) = to.call{value: amount}("");
            require(ok, Vault_NativeTransferFailed(to));
        } else {
            IERC20(token).safeTransfer(to, amount);
        }
    }

    function _pull(address token, address from, uint256 amount) private {
        uint256 before = IERC20(token).balanceOf(address(this));
        IERC20(token).safeTransferFrom(from, address(this), amount);
        _requireReceived(token, before, amount);
    }

    function _pullAuthorized(
        address token,
        address from,
        uint256 amount,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) private {
        uint256 before = IERC20(token).balanceOf(address(this));
        IERC3009Receive(token).receiveWithAuthorization(
            from, address(this), amount, validAfter, validBefore, nonce, signature
        );
        _requireReceived(token, before, amount);
    }

    function _requireReceived(address token, uint256 before, uint256 amount) private view {
        uint256 present = IERC20(token).balanceOf(address(this));
        uint256 received = present > before ? present - before : 0;
        require(received == amount, Vault_WrongAmountReceived(token, received, amount));
    }
}
